/** The command line of {@code aquifer-node}: settings are read, checked and made into a program that runs. */
@NullMarked
package dev.aquifer.node.cli;

import org.jspecify.annotations.NullMarked;
