package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeProgram;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.LinkServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The conformance test of the Container Storage Interface against the real program that mounts. Every spec that applies
 * passes; those that do not are listed with the reason in {@code csi-sanity/skipped}. Its report is
 * {@code target/csi-sanity.xml}.
 */
@NeedsRoot
final class CsiSanityIT {
    private static final String DATASET = "0123456789abcdef".repeat(2);
    private static final String SNAPSHOT = "fedcba9876543210".repeat(4);
    private static final String DIRECTORY = "datasets/" + DATASET + "/snapshots/" + SNAPSHOT;
    private static final String KEY = "c2VjcmV0LWtleS1vZi1hLWRhdGFzZXQtLS0tLS0tLS0";
    private static final int PASSING = 25;
    private static final String SPEC = "[It] ";
    private static final Path REPORT = Path.of("target", "csi-sanity.xml").toAbsolutePath();

    @TempDir
    private Path folder;

    private LinkServer fetch;
    private NodeProgram mount;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(folder.resolve("kubelet"));
        Files.createDirectories(folder.resolve("cache").resolve(DIRECTORY));
        Files.writeString(folder.resolve("cache").resolve(DIRECTORY).resolve("file"), "shared");
        fetch = LinkServer.start(folder.resolve("fetch.sock"), (request, caller) -> answer(request));
        mount = NodeProgram.mount(
                folder.resolve("log"), folder, folder.resolve("cache"), "--controller", "--log-level=debug");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("reg.sock")));
    }

    @AfterEach
    void stop() throws IOException {
        mount.close();
        fetch.close();
    }

    /** The snapshot is complete, and the origin is there. */
    private static LinkAnswer answer(LinkRequest request) {
        return switch (request) {
            case LinkRequest.Acquire _ -> new LinkAnswer.Ready(DIRECTORY, SNAPSHOT);
            case LinkRequest.Condition _ -> new LinkAnswer.Condition(false, "complete", 2, 6);
            default -> new LinkAnswer.Noted();
        };
    }

    @Test
    void everySpecThatAppliesPassesAndTheRestIsSkippedForAReason() throws Exception {
        Files.deleteIfExists(REPORT);

        String output = new Command(
                        List.of(
                                sanity(),
                                "--csi.endpoint=unix://" + folder.resolve("csi.sock"),
                                "--csi.mountdir=" + folder.resolve("kubelet/mount"),
                                "--csi.stagingdir=" + folder.resolve("kubelet/staging"),
                                "--csi.testvolumeparameters=" + write("parameters", parameters()),
                                "--csi.secrets=" + write("secrets", secrets()),
                                "--ginkgo.no-color",
                                "--ginkgo.junit-report=" + REPORT),
                        Duration.ofMinutes(5))
                .run();

        Map<String, Boolean> specs = specs();
        System.out.printf("csi-sanity on the %s: %s%n", NodeProgram.kind(), summary(output));
        assertThat(skipped(specs)).as("specs that are skipped").isEqualTo(expected());
        assertThat(specs).hasSizeGreaterThan(expected().size() + PASSING);
        assertThat(mount.isAlive()).isTrue();
        assertThat(mount.stop()).isZero();
        assertThat(Files.readString(folder.resolve("log")))
                .contains("event=published", "event=unpublished", "event=stopped")
                .doesNotContain(KEY);
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(folder.toString());
    }

    private static String sanity() {
        String bin = new Command(
                        List.of(Path.of("ground", "build").toAbsolutePath().toString(), "csi-sanity"),
                        Duration.ofMinutes(10))
                .run()
                .lines()
                .toList()
                .getLast();
        return bin + "/csi-sanity";
    }

    private Path write(String name, JsonObject json) throws IOException {
        return Files.writeString(folder.resolve(name), json.encode());
    }

    /** The pod is kubelet's to add; csi-sanity passes on what CreateVolume gave it. */
    private static JsonObject parameters() {
        return new JsonObject()
                .put("aquifer.dev/format", "1")
                .put("aquifer.dev/tenant", "team-a")
                .put("aquifer.dev/dataset", DATASET)
                .put("aquifer.dev/shared-volume", "climate-data/ref")
                .put("aquifer.dev/origin", "aquifer://origin/climate-data/aquifer-origin-ref")
                .put("aquifer.dev/origin-address", "aquifer-origin-ref.climate-data.svc:8443")
                .put("csi.storage.k8s.io/pod.namespace", "team-a")
                .put("csi.storage.k8s.io/pod.name", "worker-1")
                .put("csi.storage.k8s.io/pod.uid", "1");
    }

    private static JsonObject secrets() {
        return new JsonObject().put("NodePublishVolumeSecret", new JsonObject().put("key", KEY));
    }

    /** Each spec by its name, and whether it was skipped. */
    private static Map<String, Boolean> specs() throws Exception {
        Map<String, Boolean> specs = new TreeMap<>();
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(REPORT.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element spec = (Element) cases.item(i);
            if (spec.getAttribute("name").startsWith(SPEC)) {
                String name = spec.getAttribute("name").substring(SPEC.length());
                specs.put(name, spec.getAttribute("status").matches("skipped|pending"));
            }
        }
        return specs;
    }

    private static Set<String> skipped(Map<String, Boolean> specs) {
        TreeSet<String> skipped = new TreeSet<>(specs.keySet());
        skipped.removeIf(name -> !Boolean.TRUE.equals(specs.get(name)));
        return skipped;
    }

    /** The specs that cannot apply, below lines that say why. */
    private static Set<String> expected() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("src", "test", "resources", "csi-sanity", "skipped"))) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String summary(String output) {
        return output.lines()
                .filter(line -> line.contains(" Passed |"))
                .findFirst()
                .orElse(output)
                .strip();
    }
}
