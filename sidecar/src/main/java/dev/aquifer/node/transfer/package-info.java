/**
 * What an origin and its nodes say to each other: HTTP/1.1 over mutual TLS, requests and answers as records, and their bytes.
 * Both sides use it; every length is checked before room is made for it.
 */
@NullMarked
package dev.aquifer.node.transfer;

import org.jspecify.annotations.NullMarked;
