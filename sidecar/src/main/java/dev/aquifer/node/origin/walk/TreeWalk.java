package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.EntryCodec;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.RecordSink;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Found;
import dev.aquifer.node.origin.source.Place;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.LeftOutReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Lists a directory and all below it into records. Memory grows with the depth of a tree, not with its size. */
final class TreeWalk {
    /** Directories of one parent that other threads are at, or are done with but not yet counted. */
    private static final int MOST_FORKS = 64;

    private final Source source;
    private final Examiner examiner;
    private final RecordSink records;
    private final Walkers walkers;
    private final Path folder;
    private final Findings findings;

    /** @param folder for what of one directory does not fit into memory */
    TreeWalk(Source source, Examiner examiner, RecordSink records, Walkers walkers, Path folder, Findings findings) {
        this.source = source;
        this.examiner = examiner;
        this.records = records;
        this.walkers = walkers;
        this.folder = folder;
        this.findings = findings;
    }

    /** Walks from a directory down; the place is closed at the end. */
    Walked walk(Place place) throws IOException {
        try (place;
                var entries = new Entries(place.fd());
                var level = new Level(place)) {
            for (var entry = entries.next(); entry != null; entry = entries.next()) {
                var name = name(place, entry.name());
                if (name != null && !place.excluded().contains(name)) {
                    level.add(name);
                }
            }
            return level.finish();
        }
    }

    /** What may be listed under this name, or null: file servers and FAT have longer names than others. */
    @Nullable Name name(Place place, byte[] bytes) {
        if (bytes.length > Name.LONGEST) {
            findings.leaveOut(place.path(), LeftOutReason.NAME_TOO_LONG);
            return null;
        }
        return Name.of(bytes);
    }

    /** Walks a directory that was found in another one; null when it is gone, or may not be read after all. */
    @Nullable Walked walk(Place parent, Name name) throws IOException {
        var path = parent.path().child(name);
        try {
            return walk(new Place(Source.openDirectory(parent.fd(), name), path, source.excludedIn(path)));
        } catch (LinuxException e) {
            if (e.errno().isGone()) {
                return null;
            }
            return switch (e.errno()) {
                case EACCES, EPERM -> {
                    findings.leaveOut(path, LeftOutReason.UNREADABLE);
                    yield null;
                }
                default -> throw e;
            };
        }
    }

    /** One directory while it is walked. */
    private final class Level implements AutoCloseable {
        private record Fork(Found.Folder folder, FutureTask<@Nullable Walked> task) {}

        private final Place place;
        private final EntrySorter sorter = new EntrySorter(folder);
        private final ArrayDeque<Fork> forks = new ArrayDeque<>();
        private Totals totals = Totals.NONE;

        Level(Place place) {
            this.place = place;
        }

        void add(Name name) throws IOException {
            if (place.path().names().size() == DatasetPath.DEEPEST) {
                findings.leaveOut(place.path(), LeftOutReason.TOO_DEEP);
                return;
            }
            switch (examiner.examine(place, name, findings)) {
                case Found.Leaf leaf -> {
                    sorter.add(EntryCodec.encode(leaf.entry()));
                    totals = totals.plus(leaf.entry());
                }
                case Found.Folder found -> descend(found);
                case Found.Nothing nothing -> {}
            }
        }

        private void descend(Found.Folder found) throws IOException {
            var task = walkers.tryFork(() -> walk(place, found.name()));
            if (task == null) {
                add(found, walk(place, found.name()));
                return;
            }
            forks.add(new Fork(found, task));
            while (forks.size() > MOST_FORKS) {
                joinFirst();
            }
        }

        private void joinFirst() throws IOException {
            var fork = forks.remove();
            add(fork.folder(), walkers.join(fork.task()));
        }

        private void add(Found.Folder found, @Nullable Walked walked) throws IOException {
            if (walked == null) {
                return;
            }
            var entry = new DirectoryEntry(found.name(), found.attributes(), walked.content());
            sorter.add(EntryCodec.encode(entry));
            totals = totals.plus(entry).plus(walked.totals());
        }

        Walked finish() throws IOException {
            while (!forks.isEmpty()) {
                joinFirst();
            }
            var content = sorter.finish(records);
            for (var other : sorter.doubles()) {
                totals = totals.minus(own(other));
            }
            return new Walked(content, totals);
        }

        private Totals own(Entry entry) throws IOException {
            if (entry instanceof DirectoryEntry directory) {
                throw new IOException("the directory %s was replaced while the directory that it is in was listed"
                        .formatted(place.path().child(directory.name())));
            }
            return Totals.NONE.plus(entry);
        }

        @Override
        public void close() {
            sorter.close();
        }
    }
}
