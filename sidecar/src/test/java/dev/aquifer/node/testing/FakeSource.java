package dev.aquifer.node.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.RecordStore;
import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.DirectoryBuilder;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.EntryCodec;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.fill.Fill;
import dev.aquifer.node.fill.FillOptions;
import dev.aquifer.node.fill.MountPoints;
import dev.aquifer.node.fill.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A source in memory: what is put into it has a path, and its listing is made when it is asked for. */
public final class FakeSource {
    public static final Attributes DIRECTORY = new Attributes(0755, 1000, 1000, new Timestamp(1_600_000_000, 7));
    public static final Attributes FILE = new Attributes(0640, 1001, 1002, new Timestamp(1_500_000_000, 123_456_789));

    /** A file: its content, and what the listing says of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record File(byte[] content, Attributes attributes, Version version, long linkGroup) {}

    private final Map<Hash, byte[]> records = new HashMap<>();
    private final TreeMap<String, File> files = new TreeMap<>();
    private final TreeMap<String, String> links = new TreeMap<>();
    private final TreeMap<String, Attributes> directories = new TreeMap<>();
    private long nextInode = 1;

    public FakeSource() {}

    /** The same again, to be changed. */
    public FakeSource copy() {
        FakeSource copy = new FakeSource();
        copy.files.putAll(files);
        copy.links.putAll(links);
        copy.directories.putAll(directories);
        copy.nextInode = nextInode + 1000;
        return copy;
    }

    /** Fills a cache with all of it, from an origin that makes no mistakes. */
    public void fill(DatasetFolder dataset, Protection protection, BooleanSupplier paused) throws IOException {
        new Fill(
                        dataset,
                        protection,
                        new FakeOrigin(this),
                        new FillOptions(2, 1_000, "boot"),
                        new CountedEvents(new AtomicInteger()),
                        new Progress(System::nanoTime),
                        paused)
                .run(root(), _ -> true, new MountPoints(List.of(), protection));
    }

    /** Writes its listing down, as a run does that is killed before all of it has reached the disk. */
    public void list(RecordStore store) throws IOException {
        root();
        for (Map.Entry<Hash, byte[]> record : records.entrySet()) {
            store.put(record.getKey(), record.getValue()).keep();
        }
    }

    public FakeSource file(String path, byte[] content) {
        long inode = nextInode++;
        files.put(path, new File(content, FILE, new Version(new Timestamp(inode, 1), inode), 0));
        return this;
    }

    public FakeSource file(String path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    public FakeSource random(String path, int size) {
        byte[] content = new byte[size];
        new Random(path.hashCode()).nextBytes(content);
        return file(path, content);
    }

    public FakeSource put(String path, File file) {
        files.put(path, file);
        return this;
    }

    /** Two names of one file. */
    public FakeSource hardLinked(String one, String other, String content) {
        long inode = nextInode++;
        File file = new File(content.getBytes(UTF_8), FILE, new Version(new Timestamp(inode, 1), inode), inode);
        return put(one, file).put(other, file);
    }

    public FakeSource link(String path, String target) {
        links.put(path, target);
        return this;
    }

    public FakeSource directory(String path) {
        directories.put(path, DIRECTORY);
        return this;
    }

    public FakeSource remove(String path) {
        files.remove(path);
        return this;
    }

    @Nullable File file(String path) {
        return files.get(path);
    }

    public File require(String path) {
        return Objects.requireNonNull(files.get(path));
    }

    public Map<String, File> files() {
        return files;
    }

    public long bytes() {
        return files.values().stream().mapToLong(file -> file.content().length).sum();
    }

    byte @Nullable [] record(Hash hash) {
        return records.get(hash);
    }

    public SnapshotId id() {
        return SnapshotId.of(root());
    }

    public SnapshotRoot root() {
        Node top = new Node();
        directories.keySet().forEach(path -> top.at(path));
        files.forEach((path, file) -> top.parentOf(path).files.put(last(path), file));
        links.forEach((path, target) -> top.parentOf(path).links.put(last(path), target));
        Totals[] totals = {Totals.NONE};
        try {
            return new SnapshotRoot(DIRECTORY, list(top, totals), totals[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Hash list(Node node, Totals[] totals) throws IOException {
        TreeMap<Name, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, Node> below : node.directories.entrySet()) {
            Name name = Name.of(below.getKey());
            entries.put(name, new DirectoryEntry(name, DIRECTORY, list(below.getValue(), totals)));
        }
        node.files.forEach((text, file) -> {
            Name name = Name.of(text);
            entries.put(
                    name,
                    new FileEntry(name, file.attributes(), file.content().length, file.version(), file.linkGroup()));
        });
        node.links.forEach((text, target) -> {
            Name name = Name.of(text);
            entries.put(name, new LinkEntry(name, FILE, target.getBytes(UTF_8)));
        });
        DirectoryBuilder builder = new DirectoryBuilder(this::keep);
        for (Entry entry : entries.values()) {
            totals[0] = totals[0].plus(entry);
            builder.add(EntryCodec.encode(entry));
        }
        return builder.finish();
    }

    public Hash keep(byte[] encoded) {
        Hash hash = Hash.sha256(encoded);
        records.put(hash, encoded);
        return hash;
    }

    /** Answers these bytes for a hash that may not be theirs. */
    public void claim(Hash hash, byte[] encoded) {
        records.put(hash, encoded);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A directory being made. */
    private static final class Node {
        private final TreeMap<String, Node> directories = new TreeMap<>();
        private final TreeMap<String, File> files = new TreeMap<>();
        private final TreeMap<String, String> links = new TreeMap<>();

        Node at(String path) {
            Node node = this;
            for (String name : path.split("/", -1)) {
                node = node.directories.computeIfAbsent(name, _ -> new Node());
            }
            return node;
        }

        Node parentOf(String path) {
            int slash = path.lastIndexOf('/');
            return slash < 0 ? this : at(path.substring(0, slash));
        }
    }
}
