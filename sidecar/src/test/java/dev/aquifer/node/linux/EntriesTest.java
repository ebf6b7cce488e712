package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntriesTest {
    @TempDir
    Path folder;

    @Test
    void ofAnEmptyDirectoryAreNone() throws IOException {
        assertThat(listed()).isEmpty();
    }

    @Test
    void haveTheirBytesTypesAndInodes() throws IOException {
        try (Fd dir = Files.openRoot(folder)) {
            Files.mkdir(dir, name("\377dir"), 0700);
            Files.symlink(name("x"), dir, name("..."));
            Files.open(dir, name("y".repeat(255)), Open.CREATE, 0600).close();

            Map<String, Entry> entries = listed();

            assertThat(entries).containsOnlyKeys("\377dir", "...", "y".repeat(255));
            assertThat(entries)
                    .hasEntrySatisfying(
                            "\377dir", entry -> assertThat(entry.type()).isEqualTo(FileType.DIRECTORY));
            long inode = Metadata.stat(dir, name("...")).inode();
            assertThat(entries)
                    .hasEntrySatisfying(
                            "...",
                            entry -> assertThat(entry)
                                    .returns(FileType.SYMLINK, Entry::type)
                                    .returns(inode, Entry::inode));
        }
    }

    @Test
    void areAllThereEachOnceInALargeDirectory() throws IOException {
        try (Fd dir = Files.openRoot(folder)) {
            for (int i = 0; i < 3000; i++) {
                Files.open(dir, name("file-" + i + "-".repeat(i % 100)), Open.CREATE, 0600)
                        .close();
            }
        }
        assertThat(listed()).hasSize(3000);
    }

    private Map<String, Entry> listed() throws IOException {
        Map<String, Entry> found = new HashMap<>();
        try (Fd dir = Files.openRoot(folder);
                Entries entries = new Entries(dir)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                assertThat(found.put(new String(entry.name(), ISO_8859_1), entry))
                        .isNull();
            }
        }
        return found;
    }
}
