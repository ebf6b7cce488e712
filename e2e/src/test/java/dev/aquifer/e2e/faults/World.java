package dev.aquifer.e2e.faults;

import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A source, its origin, the authority that both sides ask, the wire between them, and as many nodes as a test needs. */
final class World implements AutoCloseable {
    static final String DATASET = "0123456789abcdef".repeat(2);

    /** The bytes of the key, which can be told from all others. */
    static final String KEY_BYTES = "the key of the dataset in tests.";

    static final DatasetKey KEY = DatasetKey.parse(
            Base64.getUrlEncoder().withoutPadding().encodeToString(KEY_BYTES.getBytes(StandardCharsets.US_ASCII)));

    private final Path folder;
    private final Random random;
    private final Authority authority;
    private final Source source;
    private final OriginProcess origin;
    private final Wire wire;
    private int nodes;

    /**
     * A world with a source of its own.
     *
     * @param seed of all that is random in it; part of a failure's message
     * @param originOptions besides those that every origin has
     */
    World(Path folder, long seed, String... originOptions) throws IOException {
        System.out.printf("faults: seed %d%n", seed);
        this.folder = folder;
        this.random = new Random(seed);
        this.authority = new Authority(folder.resolve("authority"));
        this.source = Source.create(folder.resolve("source"), random);
        this.origin = new OriginProcess(
                folder.resolve("origin"), source.root(), authority, DATASET, KEY, List.of(originOptions));
        this.wire = Wire.sealed(origin.port(), random);
    }

    Random random() {
        return random;
    }

    Authority authority() {
        return authority;
    }

    Source source() {
        return source;
    }

    OriginProcess origin() {
        return origin;
    }

    Wire wire() {
        return wire;
    }

    /** A node with an empty cache, behind the world's wire. */
    NodeAgent node(String... fetchOptions) throws IOException {
        return node(wire, fetchOptions);
    }

    /** A node with an empty cache, behind another wire. */
    NodeAgent node(Wire way, String... fetchOptions) throws IOException {
        Path own = folder.resolve("node-" + nodes);
        return node(way, own.resolve("cache"), fetchOptions);
    }

    /** A node whose wall clock somebody else sets. */
    NodeAgent node(WallClock clock) throws IOException {
        return node(wire, folder.resolve("node-" + nodes).resolve("cache"), clock.environment());
    }

    /** A node with its cache in this folder. */
    NodeAgent node(Wire way, Path cache, String... fetchOptions) throws IOException {
        return node(way, cache, Map.of(), fetchOptions);
    }

    private NodeAgent node(Wire way, Path cache, Map<String, String> environment, String... fetchOptions)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve("node-" + nodes));
        nodes++;
        VolumeAttributes volume = new VolumeAttributes(
                "climate-anna", DATASET, "climate-data/ref", Authority.ORIGIN.toString(), "localhost:" + way.port());
        return new NodeAgent(own, cache, authority, volume, KEY.text(), List.of(fetchOptions), environment);
    }

    @Override
    public void close() {
        wire.close();
        origin.close();
        authority.close();
    }
}
