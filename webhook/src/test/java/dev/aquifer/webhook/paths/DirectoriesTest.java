package dev.aquifer.webhook.paths;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void makesWhatIsMissingWithItsParents() throws IOException {
        DirectoryReport report = make(new RequiredPath("a/results", true), new RequiredPath("software", false));

        assertThat(report).isEqualTo(new DirectoryReport(3, List.of()));
        assertThat(mode("a")).isEqualTo(0755);
        assertThat(mode("a/results")).isEqualTo(02775);
        assertThat(mode("software")).isEqualTo(0755);
    }

    @Test
    void leavesWhatIsThereAsItIs() throws IOException {
        Path there = Files.createDirectory(root.resolve("results"));
        Files.setAttribute(there, "unix:mode", 0700);
        Files.writeString(there.resolve("file"), "kept");
        Files.setLastModifiedTime(there, FileTime.fromMillis(1_000));

        DirectoryReport report = make(new RequiredPath("results", true));

        assertThat(report).isEqualTo(new DirectoryReport(0, List.of()));
        assertThat(mode("results")).isEqualTo(0700);
        assertThat(Files.getLastModifiedTime(there)).isEqualTo(FileTime.fromMillis(1_000));
        assertThat(there.resolve("file")).hasContent("kept");
    }

    @Test
    void aFileInTheWayFailsAndTheOthersAreMade() throws IOException {
        Files.writeString(root.resolve("results"), "data");

        DirectoryReport report = make(new RequiredPath("results", true), new RequiredPath("software", false));

        assertThat(report.made()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.path()).isEqualTo("results");
            assertThat(failure.reason()).contains("is a file", "put a directory");
        });
        assertThat(root.resolve("results")).hasContent("data");
    }

    @Test
    void aLinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(root.resolve("a"), elsewhere);

        DirectoryReport report = make(new RequiredPath("a/b", true));

        assertThat(report.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).contains("is a link"));
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** The source is its owner's: a directory that he named wrongly is not to be there afterwards. */
    @Test
    void aSubdirectoryThatIsNotThereIsNamedAndNeverMade() {
        DirectoryReport report = new Directories(root, "nosuch").make(List.of(new RequiredPath("results", true)));

        assertThat(report.failures()).containsExactly(new DirectoryReport.Failure("/nosuch", "is not in the source"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void directoriesAreMadeBelowTheSubdirectory() throws IOException {
        Files.createDirectories(root.resolve("data/v1"));

        assertThat(new Directories(root, "data/v1").make(List.of(new RequiredPath("results", true))))
                .isEqualTo(new DirectoryReport(1, List.of()));

        assertThat(root.resolve("data/v1/results")).isDirectory();
        assertThat(root.resolve("results")).doesNotExist();
    }

    /** As kubelet does in a subPath. */
    @Test
    void aSubdirectoryMayBeALinkThatStaysInTheSource(@TempDir Path elsewhere) throws IOException {
        Files.createDirectory(root.resolve("v1"));
        Files.createSymbolicLink(root.resolve("current"), Path.of("v1"));
        Files.createSymbolicLink(root.resolve("out"), elsewhere);
        Files.writeString(root.resolve("file"), "data");

        assertThat(new Directories(root, "current").make(List.of()).failed()).isZero();
        assertThat(new Directories(root, "out").make(List.of()).failures())
                .containsExactly(new DirectoryReport.Failure("/out", "is a link that leads out of the source"));
        assertThat(new Directories(root, "file").make(List.of()).failures())
                .containsExactly(new DirectoryReport.Failure("/file", "is a file"));
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        DirectoryReport report = new DirectoryReport(1, List.of(new DirectoryReport.Failure("a", "is a file")));

        assertThat(DirectoryReport.parse(new String(report.toJson(), UTF_8))).isEqualTo(report);
    }

    @Test
    void aReportOnManyFailuresSaysHowManyAndFitsIntoATerminationMessage() {
        List<DirectoryReport.Failure> failures = IntStream.range(0, 512)
                .mapToObj(i -> new DirectoryReport.Failure("directory" + i, "is a file"))
                .toList();

        byte[] json = new DirectoryReport(0, failures).toJson();

        assertThat(json).hasSizeLessThanOrEqualTo(4096);
        DirectoryReport read = DirectoryReport.parse(new String(json, UTF_8));
        assertThat(read.failed()).isEqualTo(512);
        assertThat(read.failures()).hasSizeBetween(1, 511);
    }

    private DirectoryReport make(RequiredPath... required) {
        return new Directories(root, null).make(List.of(required));
    }

    private int mode(String path) throws IOException {
        return (int) Files.getAttribute(root.resolve(path), "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }
}
