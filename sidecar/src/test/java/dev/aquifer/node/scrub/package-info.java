@NullMarked
package dev.aquifer.node.scrub;

import org.jspecify.annotations.NullMarked;
