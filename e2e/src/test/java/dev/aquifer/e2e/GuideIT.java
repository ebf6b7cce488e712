package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The guide as a reader goes through it: each command of its pages, in their order, on a cluster of its own. With
 * {@code -Dgolden.write=true} the tables of metrics are written anew, out of what the programs say there.
 */
@NeedsRoot
@LongRunning
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuideIT {
    private static final Cluster CLUSTER = Cluster.named("guide");
    private static final Path METRICS = ProjectFiles.DOCS.resolve("metrics.md");
    /** Whose rights a page says are enough; all others are the administrator's. */
    private static final Map<String, String> USERS = Map.of("owner.md", "owner", "tenant.md", "anna");

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static GuideShell shell;

    @BeforeAll
    static void open() throws IOException {
        shell = new GuideShell(folder, CLUSTER);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    @Order(1)
    @ParameterizedTest
    @FieldSource("dev.aquifer.e2e.FollowedPages#STORY")
    void everyCommandDoesWhatThePageSays(String page) throws IOException {
        follow(page);
    }

    @Order(2)
    @ParameterizedTest
    @CsvSource({
        "Admission, aquifer-system, app.kubernetes.io/component=admission, 8080",
        "Binder, aquifer-system, app.kubernetes.io/component=binder, 8080",
        "Node agent, aquifer-system, app.kubernetes.io/component=node, 9090",
        "Origin, genomes, aquifer.dev/origin, 9090"
    })
    void theProgramsHaveTheMetricsOfThePageAndNoOther(String program, String namespace, String label, int port)
            throws IOException {
        List<String> scraped = Arrays.stream(CLUSTER.kubectl("-n", namespace, "get", "pods", "-l", label, "-o", "name")
                        .strip()
                        .split("\n", -1))
                .map(pod -> CLUSTER.kubectl(
                        "get",
                        "--raw",
                        "/api/v1/namespaces/%s/pods/%s:%d/proxy/metrics".formatted(namespace, pod.substring(4), port)))
                .toList();

        List<String> rows = MetricsPage.rows(scraped);
        if (Boolean.getBoolean("golden.write")) {
            Files.write(METRICS, MetricsPage.with(program, rows, Files.readAllLines(METRICS)));
        }
        List<String> page = Files.readAllLines(METRICS);
        assertThat(rows).isEqualTo(MetricsPage.rowsUnder(program, page.stream()));
        assertThat(MetricsPage.others(scraped))
                .allSatisfy(begin -> assertThat(page).anyMatch(line -> line.contains("`%s`".formatted(begin))));
    }

    @Test
    @Order(3)
    void everyCommandOfTheAdministratorDoesWhatThePageSays() throws IOException {
        follow(FollowedPages.ADMIN);
    }

    private static void follow(String page) throws IOException {
        shell.become(USERS.getOrDefault(page, ""));
        shell.follow(ProjectFiles.DOCS.resolve(page));
    }
}
