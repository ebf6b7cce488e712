/** How long something that blocks may take. Only classes of the JDK. */
@NullMarked
package dev.aquifer.node.deadline;

import org.jspecify.annotations.NullMarked;
