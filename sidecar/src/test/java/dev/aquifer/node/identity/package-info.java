@NullMarked
package dev.aquifer.node.identity;

import org.jspecify.annotations.NullMarked;
