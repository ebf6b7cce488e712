package dev.aquifer.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.paths.DirectoryReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesCommandTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void makesDirectoriesAndReports() throws IOException {
        Path report = root.resolve("report");

        assertThat(run("--report=" + report, "--writable=a/results", "--readable=a"))
                .isZero();

        assertThat(root.resolve("a/results")).isDirectory();
        assertThat(DirectoryReport.parse(Files.readString(report))).isEqualTo(new DirectoryReport(2, 0, List.of()));
    }

    @Test
    void endsWithOneWhenADirectoryCannotBeMade() throws IOException {
        Files.writeString(root.resolve("a"), "data");

        assertThat(run("--readable=a")).isEqualTo(1);
        assertThat(err.toString()).contains("a: is a file");
    }

    @Test
    void reportsASubdirectoryThatIsNotThere() throws IOException {
        Path report = root.resolve("report");

        assertThat(run("--report=" + report, "--subdirectory=nosuch")).isEqualTo(1);

        assertThat(Files.readString(report)).contains("/nosuch", "is not in the source");
        assertThat(root.resolve("nosuch")).doesNotExist();
    }

    @Test
    void refusesAPathThatLeavesTheVolume() {
        assertThat(run("--readable=../a")).isEqualTo(2);
        assertThat(err.toString()).contains("below the volume's root, found '../a'");
        assertThat(run("--subdirectory=/etc")).isEqualTo(2);
        assertThat(err.toString()).contains("below the volume's root, found '/etc'");
    }

    private int run(String... arguments) {
        List<String> words = new ArrayList<>(List.of("make-directories", "--root=" + root));
        words.addAll(List.of(arguments));
        return ServerCommandLine.of(Map.of())
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter(), true))
                .execute(words.toArray(String[]::new));
    }
}
