/** The program of the unprivileged container: gets datasets from their origins, keeps the cache, answers the mounter. */
@NullMarked
package dev.aquifer.node.fetch;

import org.jspecify.annotations.NullMarked;
