package dev.aquifer.node.dataset;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DirectoryBuilderTest {
    private final Map<Hash, byte[]> store = new HashMap<>();

    @Test
    void aSmallDirectoryIsOneRecord() throws Exception {
        var hash = build(names(0, 1_000));

        assertThat(parse(hash)).isInstanceOf(Directory.class);
    }

    @Test
    void anEmptyDirectoryIsARecordToo() throws Exception {
        assertThat(parse(build(List.of()))).isEqualTo(Directory.EMPTY);
    }

    @Test
    void aLargeDirectoryIsAnIndexOfPagesThatHoldEveryEntryInOrder() throws Exception {
        var entries = names(0, 50_000);

        var index = (DirectoryIndex) parse(build(entries));

        var found = new ArrayList<Entry>();
        var last = Directory.EMPTY;
        for (var hash : index.pages()) {
            var page = (Directory) parse(hash);
            page.requireAfter(last);
            found.addAll(page.entries());
            last = page;
        }
        assertThat(found).isEqualTo(entries);
    }

    @Test
    void oneNewNameChangesOnePage() throws Exception {
        var entries = names(0, 100_000);
        var before = new HashSet<>(((DirectoryIndex) parse(build(entries))).pages());
        entries.add(50_000, Entries.file(entries.get(49_999).name() + "x", 1));

        var after = new HashSet<>(((DirectoryIndex) parse(build(entries))).pages());

        assertThat(after).hasSizeGreaterThan(10);
        after.removeAll(before);
        assertThat(after).hasSizeBetween(1, 2);
    }

    @Test
    void pagesOutOfOrderAreRefused() {
        var first = new Directory(List.of(Entries.file("b", 1)));
        var second = new Directory(List.of(Entries.file("b", 1)));

        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> second.requireAfter(first));
    }

    private ListingRecord parse(Hash hash) {
        return ListingCodec.parse(hash, requireNonNull(store.get(hash)));
    }

    private Hash build(List<? extends Entry> entries) throws IOException {
        var builder = new DirectoryBuilder(record -> {
            var hash = Hash.sha256(record);
            store.put(hash, record);
            return hash;
        });
        for (var entry : entries) {
            builder.add(EntryCodec.encode(entry));
        }
        return builder.finish();
    }

    private static List<FileEntry> names(int from, int to) {
        var entries = new ArrayList<FileEntry>();
        for (int i = from; i < to; i++) {
            entries.add(Entries.file("file-%07d".formatted(i), i));
        }
        return entries;
    }
}
