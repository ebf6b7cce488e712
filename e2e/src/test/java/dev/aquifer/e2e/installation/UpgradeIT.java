package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnlyInDrills;
import dev.aquifer.e2e.SteadyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upgrade from an older chart with the programs of its time, under pods that read, directly and from the cache of their node; the
 * way back, an uninstallation, and an installation over what that leaves. They read on, new pods come, and what binds them
 * stays.
 */
@NeedsRoot
@OnlyInDrills
class UpgradeIT {
    private static final Cluster CLUSTER = Cluster.named("upgrade");
    private static final Path OLDER = Path.of("../webhook/src/test/resources/chart/older-chart.tgz");
    private static final String SYSTEM = "aquifer-system";
    private static final String TENANT = "upgrade-tenant";
    private static final List<String> READ_PATHS = List.of("Direct", "Cached");
    /** From nothing, Maven builds the older programs. */
    private static final Duration BUILD = Duration.ofMinutes(20);

    private static final List<SteadyReader> READERS = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Path images;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private static String sum = "";

    @BeforeAll
    static void installTheOlder() throws IOException {
        buildOlderImages();
        CLUSTER.up();
        CLUSTER.load(
                images.resolve("aquifer.tar").toString(),
                images.resolve("aquifer-node.tar").toString());
        CLUSTER.helm(
                "install",
                "aquifer",
                OLDER.toString(),
                "--namespace",
                SYSTEM,
                "--create-namespace",
                "--set",
                "cache.enabled=true,image.tag=older",
                "--wait");
        data = HostDirectory.make("aquifer-upgrade-");
        SteadyReader.fill(data, 4);
        sum = SteadyReader.sum(data);
        CLUSTER.kubectl("create", "namespace", TENANT);
        CLUSTER.kubectl("label", "namespace", TENANT, "aquifer.dev/inject=enabled");
        for (String readPath : READ_PATHS) {
            CLUSTER.kubectlOn(data.sharedBy(owner(readPath)) + """
                  readPath: %s
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                  defaultRole: reader
                  access: [{namespaces: {names: [%s]}, roles: [reader]}]
                """.formatted(readPath, TENANT), "apply", "-f", "-");
            SteadyReader.awaitKnown(CLUSTER, TENANT, volume(readPath));
            READERS.add(reader("steady", readPath).awaitReady());
        }
    }

    @AfterAll
    static void remove() throws IOException {
        CLUSTER.close();
        if (data != null) {
            data.close();
        }
    }

    @Test
    void podsReadOnThroughAnUpgradeTheWayBackAndAnUninstallation() {
        Set<String> bound = bound();
        awaitImages(image -> image.endsWith(":older"));
        assertThat(READERS).extracting(SteadyReader::sum).containsOnly(sum);

        upgrade();

        awaitImages(image -> !image.endsWith(":older"));
        assertThatAllRead("upgraded");
        assertThat(bound())
                .as("claims, volumes and the authority after the upgrade")
                .containsAll(bound);
        Set<String> pods = pods();
        upgrade();
        assertThat(pods()).as("after the same once more").isEqualTo(pods);

        CLUSTER.helm("rollback", "aquifer", "1", "--namespace", SYSTEM, "--wait");

        awaitImages(image -> image.endsWith(":older"));
        assertThatAllRead("back");
        assertThat(bound())
                .as("claims, volumes and the authority after the way back")
                .containsAll(bound);

        CLUSTER.helm("uninstall", "aquifer", "--namespace", SYSTEM, "--wait");

        READERS.forEach(SteadyReader::awaitUndisturbed);
        assertThat(bound())
                .as("claims, volumes and the authority that the older version leaves")
                .containsAll(bound);

        CLUSTER.install("--set", "cache.enabled=true");

        awaitImages(image -> !image.endsWith(":older"));
        assertThatAllRead("again");
        assertThat(bound())
                .as("claims, volumes and the authority of the installation over them")
                .containsAll(bound);
    }

    /** As the guide says, with the images of today. */
    private static void upgrade() {
        CLUSTER.install("--reset-then-reuse-values", "--set", "image.tag=");
    }

    /** The pods of before as ever, and new ones. */
    private static void assertThatAllRead(String name) {
        READERS.forEach(SteadyReader::awaitUndisturbed);
        for (String readPath : READ_PATHS) {
            SteadyReader next = reader(name, readPath).awaitReady();
            assertThat(next.sum()).as("%s, %s", readPath, name).isEqualTo(sum);
            next.awaitUndisturbed();
            next.remove();
        }
    }

    private static SteadyReader reader(String name, String readPath) {
        return SteadyReader.make(CLUSTER, TENANT, name + "-" + readPath.toLowerCase(Locale.ROOT), volume(readPath));
    }

    private static String owner(String readPath) {
        return "upgrade-" + readPath.toLowerCase(Locale.ROOT);
    }

    private static String volume(String readPath) {
        return owner(readPath) + "/ref";
    }

    /**
     * What has to stay: claims and volumes of tenants, and the authority. More may come: a version that tells datasets apart
     * otherwise gives new pods another pair.
     */
    private static Set<String> bound() {
        Set<String> found = uids("pvc", TENANT);
        found.addAll(uids("pv", TENANT));
        found.add(CLUSTER.kubectl(
                "-n", SYSTEM, "get", "secret", "aquifer-admission-ca", "-o", "jsonpath={.data.tls\\.crt}"));
        return found;
    }

    private static Set<String> pods() {
        return uids("pods", SYSTEM);
    }

    private static Set<String> uids(String kind, String namespace) {
        return lines("get", kind, "-n", namespace, "-o", each("{.metadata.name} {.metadata.uid}"));
    }

    /** Waits until all programs run images of this kind: agents, and the origin that the binder replaces by itself. */
    private static void awaitImages(Predicate<String> kind) {
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            for (String namespace : List.of(SYSTEM, owner("Cached"))) {
                assertThat(lines("get", "pods", "-n", namespace, "-o", each("{.spec.containers[0].image}")))
                        .isNotEmpty()
                        .allMatch(kind);
            }
        });
    }

    private static String each(String path) {
        return "jsonpath={range .items[*]}" + path + "{'\\n'}{end}";
    }

    private static Set<String> lines(String... words) {
        return new TreeSet<>(CLUSTER.kubectl(words).lines().toList());
    }

    private static void buildOlderImages() {
        String script = Path.of("older-images").toAbsolutePath().toString();
        try {
            new Command(List.of(script, images.toString()), BUILD).run();
        } catch (IllegalStateException e) {
            assumeFalse(String.valueOf(e.getMessage()).contains("in this checkout's history"), e.getMessage());
            throw e;
        }
    }
}
