/**
 * What a dataset is made of: names, files and the tree of hashed directory records. Pure: no I/O, no clock; what comes from
 * another machine is checked before it becomes one of these types.
 */
@NullMarked
package dev.aquifer.node.dataset;

import org.jspecify.annotations.NullMarked;
