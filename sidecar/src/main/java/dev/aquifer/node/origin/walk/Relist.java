package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DirectoryBuilder;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.EntryCodec;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.disk.StoredDirectory;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Found;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Marks;
import dev.aquifer.node.origin.source.Place;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.LeftOutReason;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the successor of one listing by looking at a few paths again: the directories on their ways get new records, all
 * others stay as they are, unread. For one use.
 */
final class Relist {
    private final Source source;
    private final Examiner examiner;
    private final RecordPacks records;
    private final TreeWalk walk;
    private final Findings findings;
    private Totals totals;

    /**
     * @param walk for directories that were not listed before
     * @param totals of the listing before
     */
    Relist(Source source, Examiner examiner, RecordPacks records, TreeWalk walk, Findings findings, Totals totals) {
        this.source = source;
        this.examiner = examiner;
        this.records = records;
        this.walk = walk;
        this.findings = findings;
        this.totals = totals;
    }

    /** The listing of the root after a look at the marked paths; the place is closed at the end. */
    Walked relist(Place root, Hash content, Marks marks) throws IOException {
        return new Walked(directory(root, content, marks), totals);
    }

    private Hash directory(Place place, Hash content, Marks marks) throws IOException {
        try (place) {
            var marked = new TreeMap<>(marks.below());
            var builder = new DirectoryBuilder(records);
            var old = new StoredDirectory(records, content);
            for (var entry = old.next(); entry != null; entry = old.next()) {
                addUnlisted(place, new TreeMap<>(marked.headMap(entry.name())), builder);
                marked.headMap(entry.name()).clear();
                var below = marked.remove(entry.name());
                add(builder, below == null ? entry : look(place, entry.name(), below, entry));
            }
            addUnlisted(place, marked, builder);
            return builder.finish();
        }
    }

    private void addUnlisted(Place place, Map<Name, Marks> marked, DirectoryBuilder builder) throws IOException {
        for (var each : marked.entrySet()) {
            add(builder, look(place, each.getKey(), each.getValue(), null));
        }
    }

    private static void add(DirectoryBuilder builder, @Nullable Entry entry) throws IOException {
        if (entry != null) {
            builder.add(EntryCodec.encode(entry));
        }
    }

    /** What is at this name now, or null. */
    private @Nullable Entry look(Place place, Name name, Marks marks, @Nullable Entry before) throws IOException {
        var mark = marks.here();
        if (mark != null && mark.reason() != null) {
            return drop(place, name, mark.reason(), before);
        }
        if (place.excluded().contains(name)) {
            return null;
        }
        var found = examiner.examine(place, name, findings);
        if (found instanceof Found.Folder folder && before instanceof DirectoryEntry listed) {
            var content = marks.below().isEmpty() ? listed.content() : descend(place, name, listed.content(), marks);
            if (content != null) {
                return new DirectoryEntry(name, folder.attributes(), content);
            }
        }
        if (found instanceof Found.Leaf(FileEntry _) && mark == Mark.READ_AGAIN) {
            var reason = Examiner.tryToRead(place, name);
            if (reason != null) {
                return drop(place, name, reason, before);
            }
        }
        discount(before);
        var now = count(place, found);
        if (mark != null && !Objects.equals(before, now)) {
            findings.change(place.path().child(name));
        }
        return now;
    }

    private @Nullable Entry drop(Place place, Name name, LeftOutReason reason, @Nullable Entry before)
            throws IOException {
        findings.leaveOut(place.path().child(name), reason);
        discount(before);
        return null;
    }

    private @Nullable Hash descend(Place place, Name name, Hash content, Marks marks) throws IOException {
        var path = place.path().child(name);
        try {
            var child = new Place(Source.openDirectory(place.fd(), name), path, source.excludedIn(path));
            return directory(child, content, marks);
        } catch (LinuxException e) {
            if (e.errno().isGone()) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable Entry count(Place place, Found found) throws IOException {
        return switch (found) {
            case Found.Nothing nothing -> null;
            case Found.Leaf leaf -> {
                totals = totals.plus(leaf.entry());
                yield leaf.entry();
            }
            case Found.Folder folder -> {
                var walked = walk.walk(place, folder.name());
                if (walked == null) {
                    yield null;
                }
                var entry = new DirectoryEntry(folder.name(), folder.attributes(), walked.content());
                totals = totals.plus(entry).plus(walked.totals());
                yield entry;
            }
        };
    }

    private void discount(@Nullable Entry before) throws IOException {
        if (before == null) {
            return;
        }
        totals = totals.minus(Totals.NONE.plus(before));
        if (before instanceof DirectoryEntry directory) {
            totals = totals.minus(below(directory.content()));
        }
    }

    private Totals below(Hash content) throws IOException {
        var sum = Totals.NONE;
        var directory = new StoredDirectory(records, content);
        for (var entry = directory.next(); entry != null; entry = directory.next()) {
            sum = sum.plus(entry);
            if (entry instanceof DirectoryEntry child) {
                sum = sum.plus(below(child.content()));
            }
        }
        return sum;
    }
}
