/** Faults of a node agent and its origin: the real programs, on real mounts, with a caller like kubelet and readers that check. */
@NullMarked
package dev.aquifer.e2e.faults;

import org.jspecify.annotations.NullMarked;
