/**
 * The Container Storage Interface and kubelet's plugin registration, over gRPC on unix sockets. Only here are generated
 * messages seen.
 */
@NullMarked
package dev.aquifer.node.csi;

import org.jspecify.annotations.NullMarked;
