package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.OnlyInDrills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Case 1 with the real programs: climate-ref's own commands, its Celery workers and a Redis in the example's pods, each in its
 * role. With {@code -Pdrills} only: it takes minutes, and programs from package registries.
 */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class ClimateRefCeleryIT {
    private static final String DIAGNOSTIC = "annual_mean_global_mean_timeseries.nc";

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static ClimateRefCelery ref;

    private final Installation aquifer;

    ClimateRefCeleryIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void start(Installation aquifer) throws IOException {
        ref = ClimateRefCelery.start(aquifer);
        ref.ref("providers", "setup", "--provider", "example");
        ref.ingest("own", "software", "results");
    }

    @AfterAll
    static void end() {
        ref.close();
    }

    @Test
    void theMigrationEndsWellInARoleThatSeesTheConfigurationAlone() {
        assertThat(ref.log("migrate"))
                .contains("Migrations applied successfully")
                .doesNotContain("Error loading configuration");
    }

    @Test
    void aResultReachesTheApiOnlyWhereTheScratchIsShared() throws IOException {
        Set<String> before = behindTheClaim();

        ref.solve("own");

        await().atMost(Duration.ofMinutes(2)).until(() -> ref.handled("own", false) == 1);
        assertThat(ref.files("worker", "scratch")).contains(DIAGNOSTIC);
        assertThat(ref.log("orchestrator")).contains("Could not find log file out.log in scratch directory");
        assertThat(behindTheClaim()).isEqualTo(before);

        ref.shareScratch();
        ref.solve("own");

        await().atMost(Duration.ofMinutes(2)).until(() -> ref.handled("own", true) == 1);
        assertThat(ref.files("api", "results")).contains("diagnostic.json").doesNotContain(DIAGNOSTIC);
        assertThat(ref.files("worker", "results")).containsExactly("");
        assertThat(behindTheClaim())
                .filteredOn(path -> !before.contains(path))
                .isNotEmpty()
                .allMatch(path -> path.startsWith("scratch/example") || path.startsWith("results/example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"software", "results"})
    void aWorkerThatIsToldToWriteElsewhereCannot(String path) throws IOException {
        Set<String> before = behindTheClaim();

        ref.solve(path, "/ref/" + path);

        await().atMost(Duration.ofMinutes(2)).until(() -> ref.handled(path, false) == 1);
        assertThat(ref.log("worker")).contains("Read-only file system: '/ref/%s/example'".formatted(path));
        assertThat(behindTheClaim()).isEqualTo(before);
    }

    /** The paths of all that the owner's claim holds. */
    private Set<String> behindTheClaim() throws IOException {
        Path data = aquifer.data();
        try (Stream<Path> paths = Files.walk(data)) {
            return paths.map(path -> data.relativize(path).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
