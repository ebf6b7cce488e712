/** How long something that blocks may take, and how much of it may wait. Only classes of the JDK. */
@NullMarked
package dev.aquifer.node.deadline;

import org.jspecify.annotations.NullMarked;
