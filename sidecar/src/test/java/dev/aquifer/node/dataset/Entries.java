package dev.aquifer.node.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Entries for tests: plain ones by name, and random ones with every kind of odd value. */
public final class Entries {
    public static final Attributes PLAIN = new Attributes(0644, 1000, 1000, new Timestamp(1_700_000_000, 5));

    private Entries() {}

    public static FileEntry file(String name, long size) {
        return new FileEntry(Name.of(name), PLAIN, size, new Version(new Timestamp(1_700_000_000, 7), 42), 0);
    }

    public static DirectoryEntry directory(String name, Hash content) {
        return new DirectoryEntry(Name.of(name), PLAIN, content);
    }

    public static LinkEntry link(String name, String target) {
        return new LinkEntry(Name.of(name), PLAIN, target.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Up to this many entries, sorted, with distinct names. */
    static List<Entry> random(RandomGenerator random, int most) {
        var byName = new TreeMap<Name, Entry>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            var entry = random(random);
            byName.put(entry.name(), entry);
        }
        return new ArrayList<>(byName.values());
    }

    private static Entry random(RandomGenerator random) {
        var name = name(random);
        var attributes = new Attributes(
                random.nextInt(Attributes.MODE_BITS + 1),
                random.nextInt(-2, Integer.MAX_VALUE) & 0x7ffffff1,
                random.nextInt(100_000),
                time(random));
        return switch (random.nextInt(3)) {
            case 0 -> new DirectoryEntry(name, attributes, Hash.of(bytes(random, Hash.LENGTH)));
            case 1 -> new LinkEntry(name, attributes, nameBytes(random, LinkEntry.LONGEST_TARGET));
            default ->
                new FileEntry(
                        name,
                        attributes,
                        random.nextLong() >>> random.nextInt(1, 60),
                        new Version(time(random), random.nextLong()),
                        random.nextBoolean() ? 0 : random.nextLong());
        };
    }

    private static Timestamp time(RandomGenerator random) {
        return new Timestamp(random.nextLong() >> random.nextInt(60), random.nextInt(1_000_000_000));
    }

    private static Name name(RandomGenerator random) {
        return Name.of(nameBytes(random, Name.LONGEST));
    }

    /** Without NUL and '/', and never "." or "..". */
    private static byte[] nameBytes(RandomGenerator random, int longest) {
        var bytes = bytes(random, random.nextInt(1, random.nextInt(10) == 0 ? longest + 1 : 20));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0 || bytes[i] == '/' || bytes[i] == '.') {
                bytes[i] = (byte) 0xff;
            }
        }
        return bytes;
    }

    private static byte[] bytes(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
