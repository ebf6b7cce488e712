package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.ProjectFiles;
import dev.aquifer.e2e.pages.FollowedPages;
import dev.aquifer.e2e.pages.GuideShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide as a reader goes through it: each command of its pages, in their order, on a cluster of its own. It is one test,
 * for a page alone would find nothing of what those before it have made. With {@code -Dgolden.write=true} the tables of
 * metrics are written anew, out of what the programs say there.
 */
@NeedsRoot
@LongRunning
class GuideIT {
    private static final Path METRICS = ProjectFiles.DOCS.resolve("metrics.md");
    /** Whose rights a page says are enough; all others are the administrator's. */
    private static final Map<String, String> USERS = Map.of("owner.md", "owner", "tenant.md", "anna");
    /** What shows the metrics of a table: its pods, and their port. */
    private static final List<Measured> MEASURED = List.of(
            new Measured("Admission", "aquifer-system", "app.kubernetes.io/component=admission", 8080),
            new Measured("Binder", "aquifer-system", "app.kubernetes.io/component=binder", 8080),
            new Measured("Node agent", "aquifer-system", "app.kubernetes.io/component=node", 9090),
            new Measured("Origin", "genomes", "aquifer.dev/origin", 9090));

    @TempDir
    private Path folder;

    private final Cluster cluster = Cluster.named("guide");

    @SuppressWarnings("NullAway.Init") // from the first method on
    private GuideShell shell;

    private record Measured(String program, String namespace, String label, int port) {}

    @BeforeEach
    void open() throws IOException {
        shell = new GuideShell(folder, cluster);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void everyCommandAndEveryMetricIsAsThePagesSay() throws IOException {
        for (String page : FollowedPages.STORY) {
            follow(page);
        }
        for (Measured measured : MEASURED) {
            compare(measured);
        }
        follow(FollowedPages.ADMIN);
    }

    private void follow(String page) throws IOException {
        System.out.println("guide: " + page);
        shell.become(USERS.getOrDefault(page, ""));
        shell.follow(ProjectFiles.DOCS.resolve(page));
    }

    private void compare(Measured measured) throws IOException {
        List<String> scraped = scrape(measured);
        List<String> rows = MetricsPage.rows(scraped);
        if (Boolean.getBoolean("golden.write")) {
            Files.write(METRICS, MetricsPage.with(measured.program(), rows, Files.readAllLines(METRICS)));
        }
        List<String> page = Files.readAllLines(METRICS);
        assertThat(rows).as(measured.program()).isEqualTo(MetricsPage.rowsUnder(measured.program(), page.stream()));
        assertThat(MetricsPage.others(scraped))
                .as(measured.program())
                .allSatisfy(begin -> assertThat(page).anyMatch(line -> line.contains("`%s`".formatted(begin))));
    }

    private List<String> scrape(Measured measured) {
        String pods = cluster.kubectl("-n", measured.namespace(), "get", "pods", "-l", measured.label(), "-o", "name");
        return Arrays.stream(pods.strip().split("\n", -1))
                .map(pod -> cluster.metrics(measured.namespace(), pod.substring(4), measured.port()))
                .toList();
    }
}
