package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Name;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One directory of an older snapshot, read beside the same directory of a newer one, and counted whether or not the newer
 * one has the same entries. A record that is missing ends it, without harm.
 */
final class OlderLane {
    private final RecordStore records;
    private final OlderRun run;
    private final Hash content;
    private @Nullable EntryStream files;
    private @Nullable EntryStream directories;

    OlderLane(RecordStore records, OlderRun run, Hash content) {
        this.records = records;
        this.run = run;
        this.content = content;
        this.files = open();
        this.directories = open();
    }

    OlderSnapshot snapshot() {
        return run.snapshot;
    }

    /** The file of this name; names must come in order. */
    @Nullable OlderFile file(Name name) {
        if (files == null || run.lost) {
            return null;
        }
        try {
            while (files.before(name)) {
                count(files.next());
            }
            return files.peek() instanceof FileEntry file && file.name().equals(name)
                    ? new OlderFile(run.snapshot, file, run.nextChunk)
                    : null;
        } catch (IOException missing) {
            run.lost = true;
            return null;
        }
    }

    /** Counts the files that are left. */
    void endOfFiles() {
        try {
            for (Entry entry = next(files); entry != null; entry = next(files)) {
                count(entry);
            }
        } catch (IOException missing) {
            run.lost = true;
        }
        files = null;
    }

    /** The sub-directory of this name; names must come in order, after all files. */
    @Nullable OlderLane directory(Name name) {
        if (directories == null || run.lost) {
            return null;
        }
        try {
            while (directories.before(name)) {
                countBelow(directories.next());
            }
            if (directories.peek() instanceof DirectoryEntry directory
                    && directory.name().equals(name)) {
                directories.next();
                return new OlderLane(records, run, directory.content());
            }
            return null;
        } catch (IOException missing) {
            run.lost = true;
            return null;
        }
    }

    /** Counts the sub-directories that are left. */
    void endOfDirectories() {
        try {
            for (Entry entry = next(directories); entry != null; entry = next(directories)) {
                countBelow(entry);
            }
        } catch (IOException missing) {
            run.lost = true;
        }
        directories = null;
    }

    private @Nullable EntryStream open() {
        if (run.lost) {
            return null;
        }
        try {
            return EntryStream.of(records, content, _ -> {});
        } catch (IOException missing) {
            run.lost = true;
            return null;
        }
    }

    private @Nullable Entry next(@Nullable EntryStream entries) throws IOException {
        return entries == null || run.lost ? null : entries.next();
    }

    private void count(@Nullable Entry entry) {
        if (entry instanceof FileEntry file) {
            run.nextChunk += Chunks.count(file.size());
        }
    }

    private void countBelow(@Nullable Entry entry) {
        if (entry instanceof DirectoryEntry directory) {
            OlderLane lane = new OlderLane(records, run, directory.content());
            lane.endOfFiles();
            lane.endOfDirectories();
        }
    }
}
