package dev.aquifer.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aquifer.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The build of the ground, tried on its smallest tool with a cache of its own. */
class GroundIT {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path cache;

    private Path bin;
    private Path plugin;

    @BeforeEach
    void build() {
        bin = Path.of(command().run().lines().toList().getLast());
        plugin = bin.resolve("cni/host-local");
    }

    @Test
    void printsTheFolderOfTheBinaries() {
        assertThat(plugin).startsWith(cache).isExecutable();
    }

    @Test
    void buildsNothingTwice() throws Exception {
        Files.setLastModifiedTime(plugin, LONG_AGO);

        assertThat(command().run()).isEqualToIgnoringNewLines(bin.toString());

        assertThat(Files.getLastModifiedTime(plugin)).isEqualTo(LONG_AGO);
    }

    @Test
    void replacesABinaryThatIsNotWhatWasBuilt() throws Exception {
        var built = Files.readAllBytes(plugin);
        Files.write(plugin, new byte[] {1, 2, 3});

        command().run();

        assertThat(plugin).hasBinaryContent(built).isExecutable();
    }

    @Test
    void startsAgainWhereAnEarlierBuildWasCutShort() throws Exception {
        var built = Files.readAllBytes(plugin);
        Files.delete(cacheFolder().resolve("marks/cni"));
        Files.delete(plugin);

        command().run();

        assertThat(plugin).hasBinaryContent(built);
    }

    @Test
    void isNotHarmedByAnotherBuildAtTheSameTime() throws Exception {
        Files.delete(plugin);
        var builds = List.of(command().start(), command().start());

        for (var build : builds) {
            assertThat(build.waitFor()).isZero();
        }

        assertThat(plugin).isExecutable();
        try (Stream<Path> left = Files.list(cacheFolder())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("bin", "images", "marks", "lock", ".used");
        }
    }

    @Test
    void namesThePartsWhenAskedForAnother() {
        var build = new Command(List.of(script(), "kubernetes-the-lot"), Duration.ofMinutes(1));

        assertThat(catchThrowable(build::run))
                .hasMessageContaining("no part is called 'kubernetes-the-lot'")
                .hasMessageContaining("api-server");
    }

    private Path cacheFolder() throws IOException {
        try (var folders = Files.list(cache.resolve("aquifer"))) {
            return folders.filter(Files::isDirectory).toList().getFirst();
        }
    }

    /** Go keeps its own cache, so that only the first build of all takes long. */
    private Command command() {
        var goCache = Command.of("go", "env", "GOCACHE").run().strip();
        return new Command(
                List.of("env", "XDG_CACHE_HOME=" + cache, "GOCACHE=" + goCache, script(), "cni"),
                Duration.ofMinutes(10));
    }

    private static String script() {
        return Path.of("ground", "build").toAbsolutePath().toString();
    }
}
