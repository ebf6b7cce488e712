package dev.aquifer.node.fill;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files that a fill has open, and the directories of older snapshots that they read from: all are let go in the end. */
final class OpenFiles implements AutoCloseable {
    private final Set<NewFile> files = ConcurrentHashMap.newKeySet();

    void add(NewFile file) {
        files.add(file);
    }

    /** The file is whole. */
    void done(NewFile file) {
        if (files.remove(file)) {
            file.release();
        }
    }

    /** Sees that all files are whole, for what is not would be shown as it is. */
    void expectNone() {
        if (!files.isEmpty()) {
            throw new IllegalStateException("%d files are not whole, such as '%s'"
                    .formatted(files.size(), files.iterator().next().path()));
        }
    }

    @Override
    public void close() {
        files.forEach(this::done);
    }
}
