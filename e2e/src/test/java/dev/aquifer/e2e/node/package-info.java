/** The agents of nodes: the driver, the cache, its fills, and what people see of them. */
@NullMarked
package dev.aquifer.e2e.node;

import org.jspecify.annotations.NullMarked;
