@NullMarked
package dev.aquifer.node.origin;

import org.jspecify.annotations.NullMarked;
