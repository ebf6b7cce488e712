/** What a pod of a tenant reaches of Aquifer over the network. */
@NullMarked
package dev.aquifer.e2e.network;

import org.jspecify.annotations.NullMarked;
