@NullMarked
package dev.aquifer.node.transfer;

import org.jspecify.annotations.NullMarked;
