/** What is at the other end of the network: the origin of a dataset, as a node calls it. Nothing that it says is believed. */
@NullMarked
package dev.aquifer.node.remote;

import org.jspecify.annotations.NullMarked;
