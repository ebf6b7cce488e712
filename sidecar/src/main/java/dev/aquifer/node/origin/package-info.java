/**
 * The origin of a dataset: walks the source without reading files, keeps the listing on disk, and serves it and the files'
 * chunks to nodes over mutual TLS. Names are bytes throughout; the source is only ever read.
 */
@NullMarked
package dev.aquifer.node.origin;

import org.jspecify.annotations.NullMarked;
