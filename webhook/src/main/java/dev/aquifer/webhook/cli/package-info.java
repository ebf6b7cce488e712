/**
 * What containers run, which is admission, the binder and their Jobs: options and environment in, one validated record of
 * settings out, and the parts wired together. The command line for people is in the package {@code command}.
 */
@NullMarked
package dev.aquifer.webhook.cli;

import org.jspecify.annotations.NullMarked;
