package dev.aquifer.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A Prometheus that measures an installation with a cached volume in use: what the chart asks of it has answers. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class MonitoringIT {
    /** An expression, and why it may have no data here. */
    private static final Path EMPTY = Path.of("src/test/resources/prometheus/empty.yaml");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> PORTS = Set.of("management", "metrics");
    /** What pods bring about that come, or are refused. */
    private static final List<String> COUNTS = List.of(
            "aquifer_admission_requests_total{outcome='admitted'}",
            "aquifer_admission_requests_total{outcome='denied'}",
            "aquifer_guard_requests_total{outcome='admitted'}",
            "aquifer_node_publish_seconds_count");

    @TempDir
    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static PrometheusServer prometheus;

    private static final CachedShare SHARE = new CachedShare("measured-owner", "measured-tenant");

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Promtool promtool;

    private final Installation aquifer;

    MonitoringIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    /** It watches before anything happens: a rate is that of what it saw. */
    @BeforeAll
    static void measure(Installation aquifer) throws IOException {
        promtool = Promtool.find();
        Scrape scrape = new Scrape(aquifer.client(), folder);
        scrape.write();
        prometheus = PrometheusServer.start(promtool, folder);
        data = HostDirectory.make("aquifer-measured-");
        Files.writeString(data.path().resolve("one"), "1");
        aquifer.cluster().kubectlOn(volume(), "apply", "-f", "-");
        awaitReaders(aquifer.cluster());
        scrape.find();
        use(aquifer.cluster());
    }

    /** Has more pods come than those of the first samples, which a rate does not see. */
    private static void use(Cluster cluster) {
        await().atMost(PATIENCE).until(() -> hasData("aquifer_node_publish_seconds_count"));
        cluster.kubectl("-n", "measured-tenant", "scale", "deployment/reader", "--replicas=3");
        awaitReaders(cluster);
        await().atMost(PATIENCE).pollInterval(Scrape.INTERVAL).untilAsserted(() -> {
            tryPod(cluster, SHARE.reader());
            assertThatThrownBy(() -> tryPod(cluster, SHARE.reader().replace("@reader", "@writer")))
                    .hasMessageContaining("is not available to service account");
            assertThat(COUNTS).allMatch(count -> hasData("rate(%s[5m]) > 0".formatted(count)));
        });
    }

    private static void awaitReaders(Cluster cluster) {
        cluster.kubectl("-n", "measured-tenant", "rollout", "status", "deployment/reader", "--timeout=180s");
    }

    private static void tryPod(Cluster cluster, String manifest) {
        cluster.kubectlOn(manifest, "create", "--dry-run=server", "-f", "-");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        prometheus.close();
        SHARE.remove(aquifer.cluster());
        data.close();
    }

    @Test
    void findsEveryPartAndNothingElse() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(containers("up == 1"))
                        .containsExactlyInAnyOrder("admission", "binder", "fetch", "origin"));
        assertThat(containers("up")).hasSize(4);
    }

    @Test
    void measuresWhatThePodMonitorsOfTheChartName() {
        List<PodMonitor> monitors = PodMonitor.ofTheChart();

        assertThat(monitors)
                .hasSize(4)
                .allSatisfy(monitor -> assertThat(monitor.targets(aquifer.client()))
                        .as(monitor.name())
                        .isNotEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(monitors)
                        .flatExtracting(monitor -> monitor.targets(aquifer.client()))
                        .containsExactlyInAnyOrderElementsOf(targets()));
    }

    @Test
    void hasDataForEveryDashboardAndAlert() throws IOException {
        JsonNode mayBeEmpty = Expressions.read(EMPTY);
        List<String> all = Expressions.all();

        assertThat(all).as("what the list of empty ones names").containsAll(mayBeEmpty::fieldNames);
        List<String> missing = new ArrayList<>(all);
        missing.removeIf(mayBeEmpty::has);
        await().atMost(PATIENCE).untilAsserted(() -> {
            missing.removeIf(MonitoringIT::hasData);
            assertThat(missing).as("what has no data").isEmpty();
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mayBeEmpty.fieldNames())
                        .toIterable()
                        .filteredOn(MonitoringIT::hasData)
                        .as("what has data, and is in the list of empty ones")
                        .isEmpty());
    }

    /** A quantile of nothing and a ratio to nought have samples too, which are no numbers. */
    private static boolean hasData(String expression) {
        JsonNode samples = prometheus.query(expression);
        return !samples.isEmpty()
                && StreamSupport.stream(samples.spliterator(), false)
                        .noneMatch(sample -> sample.at("/value/1").asText().equals("NaN"));
    }

    @Test
    void evaluatesEveryRule() throws IOException {
        int alerts = Expressions.alerts().size();
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<JsonNode> rules = prometheus.get("rules").findParents("health");
            assertThat(rules)
                    .hasSize(alerts)
                    .allMatch(rule -> rule.path("health").asText().equals("ok"));
        });
    }

    @Test
    void isGivenMetricsThatKeepToItsRules() {
        for (Pod pod : measured()) {
            for (Container container : pod.getSpec().getContainers()) {
                for (ContainerPort port : container.getPorts()) {
                    if (PORTS.contains(port.getName())) {
                        String metrics = aquifer.cluster()
                                .metrics(
                                        pod.getMetadata().getNamespace(),
                                        pod.getMetadata().getName(),
                                        port.getContainerPort());
                        assertThat(promtool.on(metrics, "check", "metrics"))
                                .as(pod.getMetadata().getName())
                                .isEmpty();
                    }
                }
            }
        }
    }

    private List<Pod> measured() {
        return aquifer.client().pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getStatus().getPhase().equals("Running"))
                .filter(pod -> {
                    var labels = pod.getMetadata().getLabels();
                    return labels != null
                            && (labels.containsKey("aquifer.dev/origin")
                                    || "aquifer".equals(labels.get("app.kubernetes.io/name")));
                })
                .toList();
    }

    private static Set<String> containers(String expression) {
        var containers = new TreeSet<String>();
        StreamSupport.stream(prometheus.query(expression).spliterator(), false)
                .forEach(sample -> containers.add(sample.at("/metric/container").asText()));
        return containers;
    }

    private static List<String> targets() {
        return StreamSupport.stream(prometheus.query("up").spliterator(), false)
                .map(sample -> sample.path("metric"))
                .map(target -> "%s/%s/%s"
                        .formatted(
                                target.path("namespace").asText(),
                                target.path("pod").asText(),
                                target.path("container").asText()))
                .toList();
    }

    private static String volume() {
        return SHARE.of(data, "") + """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: reader, namespace: measured-tenant}
            spec:
              selector: {matchLabels: {app: reader}}
              template:
                metadata:
                  labels: {app: reader}
                  annotations: {aquifer.dev/volumes: measured-owner/ref@reader}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
            """;
    }
}
