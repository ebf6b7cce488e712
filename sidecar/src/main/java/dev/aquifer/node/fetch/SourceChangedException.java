package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetPath;
import java.io.IOException;

/** A file is no longer as the snapshot lists it: the fill goes on into the snapshot that comes next. */
final class SourceChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceChangedException(DatasetPath path) {
        super("the file %s has changed in the source".formatted(path));
    }
}
