package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static dev.aquifer.node.linux.Calls.refused;
import static java.nio.file.Files.getAttribute;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataTest {
    private static final Timespec LONG_AGO = new Timespec(-5, 123_456_789);

    @TempDir
    Path folder;

    private Fd dir;
    private Fd file;

    @BeforeEach
    void open() throws IOException {
        dir = Files.openRoot(folder);
        file = Files.open(dir, name("file"), Open.CREATE | Open.READ_WRITE, 0640);
        writeString(folder.resolve("file"), "12345");
    }

    @AfterEach
    void close() {
        file.close();
        dir.close();
    }

    @Test
    void agreeWithThoseOfTheJdk() throws IOException {
        Metadata.chmod(file, 04751);
        Stat stat = Metadata.stat(dir, name("file"));

        assertThat(stat.type()).isEqualTo(FileType.REGULAR);
        assertThat(stat.mode()).isEqualTo(04751);
        assertThat(stat.size()).isEqualTo(5);
        assertThat(stat.inode()).isEqualTo(of("unix:ino"));
        assertThat(stat.links()).isEqualTo(of("unix:nlink"));
        assertThat(stat.uid()).isEqualTo(of("unix:uid"));
        assertThat(stat.gid()).isEqualTo(of("unix:gid"));
        long device = (long) of("unix:dev");
        assertThat(stat.device()).isEqualTo(new Device((int) (device >> 8) & 0xfff, (int) (device & 0xff)));
        assertThat(stat.mountRoot()).isFalse();
        assertThat(Metadata.stat(file)).isEqualTo(stat).isEqualTo(Metadata.statForced(file));
    }

    @Test
    void knowWhereSomethingIsMounted() throws IOException {
        try (Fd proc = Files.openRoot(Path.of("/proc"))) {
            assertThat(Metadata.stat(proc).mountRoot()).isTrue();
            assertThat(Metadata.stat(proc).mountId())
                    .isNotEqualTo(Metadata.stat(dir).mountId());
        }
    }

    @Test
    void keepTimesBefore1970ToTheNanosecond() throws IOException {
        Metadata.touch(file, LONG_AGO);

        assertThat(Metadata.stat(file).modified()).isEqualTo(LONG_AGO);
        assertThat(Metadata.stat(file).changed()).isGreaterThan(LONG_AGO);
    }

    @Test
    void ofALinkAreItsOwn() throws IOException {
        Files.symlink(name("file"), dir, name("link"));
        Metadata.touch(dir, name("link"), LONG_AGO);

        Stat link = Metadata.stat(dir, name("link"));
        assertThat(link.type()).isEqualTo(FileType.SYMLINK);
        assertThat(link.modified()).isEqualTo(LONG_AGO);
        assertThat(Metadata.stat(file).modified()).isNotEqualTo(LONG_AGO);
    }

    @Test
    @NeedsRoot
    void giveAFileAndALinkAway() throws IOException {
        Files.symlink(name("file"), dir, name("link"));

        Metadata.chown(file, 7, 8);
        Metadata.chown(dir, name("link"), 9, -2);

        assertThat(Metadata.stat(file)).returns(7, Stat::uid).returns(8, Stat::gid);
        assertThat(Metadata.stat(dir, name("link"))).returns(9, Stat::uid).returns(-2, Stat::gid);
    }

    @Test
    void thatAreExtendedCanBeMissing() throws IOException {
        assertThat(Metadata.extended(dir, name("file"), "user.none")).isNull();
        assertThat(Metadata.extended(dir, Bytes.none(), "user.none")).isNull();
        try {
            Metadata.setExtended(file, "user.one", name("\377value"));
            Metadata.setExtended(dir, "user.one", name("of the directory"));
        } catch (LinuxException e) {
            abort("this file system has none: " + e.getMessage());
        }
        assertThat(Metadata.extended(dir, name("file"), "user.one")).isEqualTo(name("\377value"));
        assertThat(Metadata.extended(dir, Bytes.none(), "user.one")).isEqualTo(name("of the directory"));
    }

    @Test
    @NeedsRoot
    void guardAnImmutableFileEvenFromRoot() throws IOException {
        try {
            Metadata.setFlags(file, Metadata.flags(file) | Metadata.IMMUTABLE);
        } catch (LinuxException e) {
            abort("this file system has no flags, or root may not set them: " + e.getMessage());
        }
        try {
            refused(Errno.EPERM, () -> Files.unlink(dir, name("file")));
            refused(Errno.EPERM, () -> Files.open(dir, name("file"), Open.WRITE, 0));
            refused(Errno.EPERM, () -> Files.link(dir, name("file"), dir, name("other")));
        } finally {
            Metadata.setFlags(file, Metadata.flags(file) & ~Metadata.IMMUTABLE);
        }
        Files.unlink(dir, name("file"));
    }

    private Object of(String attribute) throws IOException {
        return getAttribute(folder.resolve("file"), attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
