/** Shows snapshots at the paths that kubelet names: read-only, once, and only where kubelet's folder is. */
@NullMarked
package dev.aquifer.node.mount;

import org.jspecify.annotations.NullMarked;
