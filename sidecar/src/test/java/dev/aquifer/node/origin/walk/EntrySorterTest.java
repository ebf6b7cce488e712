package dev.aquifer.node.origin.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Entry;
import dev.aquifer.node.dataset.EntryCodec;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.Timestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory's entries in the order of their names, however many there are. */
final class EntrySorterTest {
    @TempDir
    Path folder;

    private static List<Entry> entries(int count) {
        var attributes = new Attributes(0777, 0, 0, new Timestamp(0, 0));
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> new LinkEntry(Name.of("name-%05d".formatted(i)), attributes, new byte[] {'t'}))
                .toList());
    }

    @Test
    void givesTheSameRecordsInMemoryAndOnDisk() throws Exception {
        var sorted = entries(20_000);
        var shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(5));
        var records = new HashMap<Hash, byte[]>();

        var inMemory = sort(shuffled, 1 << 30, records);
        var onDisk = sort(shuffled, 10_000, records);

        assertThat(onDisk).isEqualTo(inMemory);
        assertThat(read(onDisk, records)).isEqualTo(sorted);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 30, 10_000})
    void leavesOneOfANameThatTheKernelGaveTwice(int inMemory) throws Exception {
        var once = entries(20_000);
        var given = new ArrayList<>(once);
        given.addAll(once.subList(500, 600));
        given.add(once.get(7));
        Collections.shuffle(given, new Random(5));
        var records = new HashMap<Hash, byte[]>();

        assertThat(read(sort(given, inMemory, records), records)).isEqualTo(once);
    }

    private Hash sort(List<Entry> entries, int inMemory, Map<Hash, byte[]> records) throws IOException {
        try (var sorter = new EntrySorter(folder, inMemory)) {
            for (var entry : entries) {
                sorter.add(EntryCodec.encode(entry));
            }
            return sorter.finish(record -> {
                records.put(Hash.sha256(record), record);
                return Hash.sha256(record);
            });
        }
    }

    private static List<Entry> read(Hash content, Map<Hash, byte[]> records) {
        var index = (DirectoryIndex) ListingCodec.parse(records.getOrDefault(content, new byte[0]));
        return index.pages().stream()
                .map(page -> (Directory) ListingCodec.parse(records.getOrDefault(page, new byte[0])))
                .flatMap(page -> page.entries().stream())
                .toList();
    }
}
