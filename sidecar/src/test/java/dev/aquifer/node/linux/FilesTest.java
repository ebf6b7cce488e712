package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static dev.aquifer.node.linux.Calls.refused;
import static java.nio.file.Files.createDirectories;
import static java.nio.file.Files.createSymbolicLink;
import static java.nio.file.Files.exists;
import static java.nio.file.Files.readString;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilesTest {
    @TempDir
    Path folder;

    private Fd dir;

    @BeforeEach
    void open() throws IOException {
        dir = Files.openRoot(folder);
    }

    @AfterEach
    void close() {
        dir.close();
    }

    @Nested
    final class Opening {
        @Test
        void reachesWhatIsBelow() throws IOException {
            createDirectories(folder.resolve("a/b"));
            writeString(folder.resolve("a/b/c"), "text");

            try (Fd file = Files.open(dir, name("a/b/c"), Open.READ, 0)) {
                assertThat(readString(file.path())).isEqualTo("text");
            }
        }

        @Test
        void reachesWhatIsDeeperThanOneCallOfTheKernelCan() throws Exception {
            String deep = "d".repeat(250);
            try {
                Fd at = Files.reopen(dir);
                for (int depth = 0; depth < 40; depth++) {
                    Files.mkdir(at, name(deep), 0755);
                    Fd next = Files.openDirectory(at, name(deep));
                    at.close();
                    at = next;
                }
                try (Fd parent = at;
                        Fd made = Files.open(parent, name("file"), Open.WRITE | Open.CREATE, 0600);
                        Fd found = Files.open(dir, name((deep + "/").repeat(40) + "file"), Open.READ, 0)) {
                    assertThat(Metadata.stat(found)).isEqualTo(Metadata.stat(made));
                }
                refused(Errno.ENOENT, () -> Files.open(dir, name((deep + "/").repeat(41) + "file"), Open.READ, 0));
                refused(Errno.ENAMETOOLONG, () -> Files.open(dir, name("d".repeat(5000)), Open.READ, 0));
            } finally {
                // no path is short enough for what removes the folder after the test
                new ProcessBuilder("rm", "-rf", folder.resolve(deep).toString())
                        .start()
                        .waitFor();
            }
        }

        @Test
        void createsAFileOnceWithItsMode() throws IOException {
            int create = Open.CREATE | Open.EXCLUSIVE | Open.WRITE;
            try (Fd file = Files.open(dir, name("new"), create, 0600)) {
                assertThat(Metadata.stat(file).mode()).isEqualTo(0600);
            }
            refused(Errno.EEXIST, () -> Files.open(dir, name("new"), create, 0600));
        }

        @ParameterizedTest
        @ValueSource(strings = {"..", "../x", "/etc/passwd", "a/../../x"})
        void leadsNowhereElse(String escape) throws IOException {
            createDirectories(folder.resolve("a"));

            refused(Errno.EXDEV, () -> Files.open(dir, name(escape), Open.READ, 0));
        }

        @ParameterizedTest
        @ValueSource(strings = {"link", "link/passwd"})
        void followsNoLinkAnywhereOnTheWay(String path) throws IOException {
            createSymbolicLink(folder.resolve("link"), Path.of("/etc"));

            refused(Errno.ELOOP, () -> Files.open(dir, name(path), Open.READ, 0));
        }

        @Test
        void saysWhichCallFailedOnWhatAndWhy() {
            assertThatThrownBy(() -> Files.open(dir, name("no\377\n"), Open.READ, 0))
                    .hasMessage("openat2 of 'no\\xff\\x0a': ENOENT");
        }

        @Test
        void refusesAZeroByteInsteadOfStoppingThere() {
            assertThatThrownBy(() -> Files.open(dir, name("a\0b"), Open.READ, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a\\x00b");
        }
    }

    @Nested
    final class Naming {
        @Test
        void makesAndRemovesDirectoriesWithAnyBytes() throws IOException {
            byte[] odd = name("\1\377 'x'");
            Files.mkdir(dir, odd, 0700);
            assertThat(Metadata.stat(dir, odd).type()).isEqualTo(FileType.DIRECTORY);

            Files.rmdir(dir, odd);
            refused(Errno.ENOENT, () -> Metadata.stat(dir, odd));
        }

        @Test
        void keepsTheTargetOfALinkByteForByte() throws IOException {
            byte[] target = name("../\377/nowhere");
            Files.symlink(target, dir, name("link"));

            assertThat(Files.readlink(dir, name("link"))).isEqualTo(target);
        }

        @Test
        void linksAnOpenFileAndAName() throws IOException {
            writeString(folder.resolve("first"), "text");
            try (Fd file = Files.open(dir, name("first"), Open.PATH, 0)) {
                Files.link(file, dir, name("second"));
            }
            Files.link(dir, name("first"), dir, name("third"));

            assertThat(Metadata.stat(dir, name("second")).links()).isEqualTo(3);
        }

        @Test
        void linksASymbolicLinkItself() throws IOException {
            Files.symlink(name("nowhere"), dir, name("link"));
            Files.link(dir, name("link"), dir, name("other"));

            assertThat(Files.readlink(dir, name("other"))).isEqualTo(name("nowhere"));
        }

        @Test
        void renamesWithoutReplacingAndExchanges() throws IOException {
            writeString(folder.resolve("a"), "1");
            writeString(folder.resolve("b"), "2");

            refused(Errno.EEXIST, () -> Files.rename(dir, name("a"), dir, name("b"), Files.NO_REPLACE));
            Files.rename(dir, name("a"), dir, name("b"), Files.EXCHANGE);

            assertThat(readString(folder.resolve("a"))).isEqualTo("2");
            assertThat(readString(folder.resolve("b"))).isEqualTo("1");
        }

        @Test
        void unlinksALinkAndNotWhatItLeadsTo() throws IOException {
            writeString(folder.resolve("kept"), "text");
            createSymbolicLink(folder.resolve("link"), folder.resolve("kept"));

            Files.unlink(dir, name("link"));

            assertThat(exists(folder.resolve("kept"))).isTrue();
            assertThat(exists(folder.resolve("link"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
        void takesOnlyOneNameWithinTheDirectory(String wrong) {
            assertThatThrownBy(() -> Files.mkdir(dir, name(wrong), 0700)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Files.unlink(dir, name(wrong))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Files.rename(dir, name("a"), dir, name(wrong), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesToUseAClosedDescriptor() throws IOException {
        Fd closed = Files.openRoot(folder);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> Metadata.stat(closed)).isInstanceOf(IllegalStateException.class);
    }
}
