/** The command line: options and environment in, one validated record of settings out, and the parts wired together. */
@NullMarked
package dev.aquifer.webhook.cli;

import org.jspecify.annotations.NullMarked;
