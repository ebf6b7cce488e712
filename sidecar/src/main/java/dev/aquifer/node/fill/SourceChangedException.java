package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.DatasetPath;
import java.io.IOException;

/** A file is no longer as the snapshot lists it, or cannot be read: the fill goes on into the snapshot that comes next. */
public final class SourceChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    private SourceChangedException(String message) {
        super(message);
    }

    static SourceChangedException changed(DatasetPath path) {
        return new SourceChangedException("the file %s has changed in the source".formatted(path));
    }

    static SourceChangedException unreadable(DatasetPath path) {
        return new SourceChangedException("the origin cannot read the file %s".formatted(path));
    }
}
