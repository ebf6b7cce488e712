/** What becomes of the files of an owner, whoever mounts, makes or deletes what. */
@NullMarked
package dev.aquifer.e2e.source;

import org.jspecify.annotations.NullMarked;
