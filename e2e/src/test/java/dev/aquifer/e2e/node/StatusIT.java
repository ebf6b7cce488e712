package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnInstallation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people see of a node that fetches: the installed command line, and an origin that is slow enough to be watched. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class StatusIT {
    private static final String OWNER = "status-owner";
    private static final String TENANT = "status-tenant";
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);
    private static final List<String> VOLUMES = List.of("piped", "shown", "read");
    /** With a megabyte a second, long enough for looks at it. */
    private static final int BYTES = 60_000_000;

    private static final Duration NEWS = Duration.ofSeconds(3);

    private static final Pattern BAR =
            Pattern.compile("\\[#*\\.+] +(\\d+) %  status-owner/\\w+: complete on 0 of 1 nodes");

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static InstalledCommand aquifer;

    private final Installation installation;

    StatusIT(Installation installation) {
        this.installation = installation;
    }

    @BeforeAll
    static void share(Installation installation) throws IOException {
        aquifer = InstalledCommand.in(folder, installation.cluster());
        data = HostDirectory.make("aquifer-status-");
        byte[] bytes = new byte[BYTES];
        new Random(3).nextBytes(bytes);
        Files.write(data.path().resolve("one"), bytes);
        String all = SHARE.of(data, "megabytesPerSecond: 1");
        int last = all.lastIndexOf("---\n");
        String volumes = VOLUMES.stream()
                .map(name -> all.substring(last)
                        .replace("name: ref,", "name: %s,".formatted(name))
                        .replace("/ref", "/" + name))
                .collect(Collectors.joining());
        installation.cluster().kubectlOn(all.substring(0, last) + volumes, "apply", "-f", "-");
        installation
                .cluster()
                .kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume", "--all", "--timeout=120s");
    }

    @AfterAll
    static void remove(Installation installation) throws IOException {
        SHARE.remove(installation.cluster());
        data.close();
    }

    @Test
    void showsEachNodesPartOfADatasetWhileItComes() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Process prefetch =
                aquifer.piped("prefetch status-owner/piped --timeout 5m").start();
        Thread reader = Thread.ofVirtual().start(() -> take(prefetch, lines));
        await().atMost(Duration.ofMinutes(3)).pollInterval(NEWS).until(() -> {
            bringNews();
            return !percents(String.join("\n", lines)).isEmpty();
        });

        assertThat(said("status")).containsPattern("""
                        Datasets that nodes fill or cannot fill:
                         +NODE +VOLUME +STATE +FILLED +SIZE +MESSAGE
                        (.*\n)* +\\S+ +status-owner/piped +filling +\\[#*\\.+] +[1-9]\\d? % +[0-9.]+ [KM]iB
                        """);
        JsonNode held = held("status-owner/piped");
        assertThat(held.path("state").asText()).isEqualTo("filling");
        assertThat(held.path("percent").asInt()).isBetween(1, 99);

        assertThat(prefetch.waitFor(3, TimeUnit.MINUTES)).isTrue();
        reader.join();
        assertThat(prefetch.exitValue()).as(lines.toString()).isZero();
        assertThat(lines.getFirst()).isEqualTo("cache.prefetch of SharedVolume status-owner/piped is set now");
        assertThat(lines.getLast()).isEqualTo("status-owner/piped is ready, and all nodes have it");
        assertThat(percents(String.join("\n", lines))).hasSizeGreaterThan(1);
        assertThat(said("status -o wide"))
                .containsPattern("status-owner/piped +\\[#{10}] 100 % +1 of 1 ")
                .containsPattern(" +\\S+ +status-owner/piped +ready +\\[#{10}] 100 % +5[0-9.]+ MiB\n")
                .containsPattern("status-owner/piped +status-tenant +cached +Bound ");
        assertThat(held("status-owner/piped").path("bytes").asLong()).isGreaterThanOrEqualTo(BYTES);
    }

    @Test
    void changesOneLineOfATerminalWhileItComes() {
        Process prefetch =
                aquifer.onTerminal("prefetch status-owner/shown --timeout 5m").start();
        CompletableFuture<String> shown =
                CompletableFuture.supplyAsync(() -> read(prefetch), Thread::startVirtualThread);
        await().atMost(Duration.ofMinutes(4)).pollInterval(NEWS).until(() -> {
            bringNews();
            return shown.isDone();
        });

        assertThat(percents(shown.join())).hasSizeGreaterThan(1);
        assertThat(Stream.of(shown.join().strip().split("\r?\n", -1))
                        .map(line -> line.substring(line.lastIndexOf('\r') + 1)))
                .as("what stays, without what is written anew")
                .containsExactly(
                        "cache.prefetch of SharedVolume status-owner/shown is set now",
                        "\u001b[Kstatus-owner/shown is ready, and all nodes have it");
        assertThat(prefetch.exitValue()).isZero();
    }

    @Test
    void namesThePodThatRunsWithAnOlderRevision() throws IOException {
        Cluster cluster = installation.cluster();
        cluster.kubectlOn(SHARE.reader().replace("/ref@", "/read@"), "apply", "-f", "-");
        cluster.kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=180s");
        assertThat(said("status -n " + TENANT)).doesNotContain("reader");

        String hides = "[{\"name\": \"reader\", \"paths\": [{\"path\": \"/\", \"access\": \"ReadOnly\"},"
                + " {\"path\": \"kept\", \"access\": \"Hidden\"}]}]";
        cluster.kubectl(
                "-n",
                OWNER,
                "patch",
                "sharedvolume",
                "read",
                "--type=merge",
                "-p",
                "{\"spec\": {\"roles\": %s}}".formatted(hides));

        assertThat(said("status -n " + TENANT)).containsPattern("""
                        Pods that would get something else today .*
                         +NAMESPACE +POD +VOLUME +ROLE +REVISION +IS NOW
                         +status-tenant +reader +status-owner/read +reader +\\d+ +\\d+
                        """);
    }

    @Test
    void goesOnWithoutDatasetsForWhomAgentsRunNoCommand() throws IOException {
        Cluster cluster = installation.cluster();
        cluster.kubectl(
                "create", "clusterrole", "status-watcher", "--verb=get,list", "--resource=*.*,pods/proxy,pods/log");
        cluster.kubectl(
                "create", "clusterrolebinding", "status-watcher", "--clusterrole=status-watcher", "--user=watcher");
        try {
            String kubeconfig = Files.readString(Path.of(cluster.kubeconfig()));
            InstalledCommand watcher = new InstalledCommand(
                    aquifer.bin(),
                    Files.writeString(
                            folder.resolve("watcher"),
                            kubeconfig.replaceFirst("(?m)^( *)user:\\s*$", "$0\n$1  as: watcher")));

            assertThat(read(watcher.piped("status").start()))
                    .containsPattern("Caches of nodes:\n +NODE .*\n +\\S+ +Ready ")
                    .containsPattern(
                            "Note: which datasets are on node \\S+ is not known: you may not run commands in agents")
                    .doesNotContain("Exception", "Exec ");
        } finally {
            cluster.kubectl("delete", "clusterrolebinding,clusterrole", "status-watcher");
        }
    }

    /** What the binder tells agents, kubelet brings within a minute or so; now it comes at once. */
    private void bringNews() {
        new NodeAgents(installation).bringNews();
    }

    private static JsonNode held(String volume) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(said("status -o json"))
                .at("/caches/0/datasets")
                .valueStream()
                .filter(dataset -> dataset.path("volume").asText().equals(volume))
                .findFirst()
                .orElseThrow();
    }

    /** What it prints; that a volume of another test is not ready is no matter. */
    private static String said(String arguments) {
        return read(aquifer.piped(arguments).start());
    }

    private static String read(Process process) {
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void take(Process process, List<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the bars on a text, those that say something of the way. */
    private static List<Integer> percents(String text) {
        return BAR.matcher(text)
                .results()
                .map(bar -> Integer.valueOf(bar.group(1)))
                .filter(percent -> percent > 0)
                .distinct()
                .toList();
    }
}
