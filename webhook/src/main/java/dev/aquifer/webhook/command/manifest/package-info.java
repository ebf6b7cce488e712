/** Objects in files: read as kubectl reads them, with the pods that they are or make. */
@NullMarked
package dev.aquifer.webhook.command.manifest;

import org.jspecify.annotations.NullMarked;
