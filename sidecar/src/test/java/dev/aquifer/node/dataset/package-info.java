@NullMarked
package dev.aquifer.node.dataset;

import org.jspecify.annotations.NullMarked;
