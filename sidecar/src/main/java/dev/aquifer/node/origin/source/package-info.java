/** The files of a source: how they are opened, examined and read, and nothing of them is changed. */
@NullMarked
package dev.aquifer.node.origin.source;

import org.jspecify.annotations.NullMarked;
