package dev.aquifer.node.fill;

import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.OlderFile;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Ends a walk when it is to pause: a short listing may name its records so often that the walk takes hours. */
record PausableVisitor(ListingVisitor visitor, BooleanSupplier paused) implements ListingVisitor {
    @Override
    public void file(FileEntry file, long firstChunk, List<OlderFile> older) throws IOException {
        check();
        visitor.file(file, firstChunk, older);
    }

    @Override
    public void link(LinkEntry link) throws IOException {
        check();
        visitor.link(link);
    }

    @Override
    public void directory(DirectoryEntry directory) throws IOException {
        check();
        visitor.directory(directory);
    }

    @Override
    public void enter(DirectoryEntry directory, List<OlderSnapshot> older) throws IOException {
        check();
        visitor.enter(directory, older);
    }

    @Override
    public void leave(DirectoryEntry directory) throws IOException {
        visitor.leave(directory);
    }

    private void check() throws PausedException {
        if (paused.getAsBoolean()) {
            throw new PausedException();
        }
    }
}
