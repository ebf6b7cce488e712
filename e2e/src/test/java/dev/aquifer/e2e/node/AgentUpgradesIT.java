package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import dev.aquifer.e2e.SteadyReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The node agent is upgraded again and again under pods that read, each time at a random moment after another pod was made: nobody
 * reads anything else, and every pod starts. With {@code -Pdrills} 20 rounds, else 3.
 */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class AgentUpgradesIT {
    private static final String OWNER = "upgrades-owner";
    private static final List<String> TENANTS = List.of("upgrades-anna", "upgrades-bob");
    private static final int ROUNDS = Drill.pick(3, 20);
    /** Milliseconds: a pod is made and its volume mounted within them. */
    private static final int MOMENTS = 3000;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private final Installation aquifer;
    private final Cluster cluster;

    AgentUpgradesIT(Installation aquifer) {
        this.aquifer = aquifer;
        this.cluster = aquifer.cluster();
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        data = HostDirectory.make("aquifer-upgrades-");
        SteadyReader.fill(data, 3);
        aquifer.cluster()
                .kubectlOn(data.sharedBy(OWNER) + """
              readPath: Cached
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              defaultRole: reader
              access: [{namespaces: {names: [%s]}, roles: [reader]}]
            ---
            """.formatted(String.join(", ", TENANTS)), "apply", "-f", "-");
        for (String tenant : TENANTS) {
            aquifer.cluster().kubectl("create", "namespace", tenant);
            aquifer.cluster().kubectl("label", "namespace", tenant, "aquifer.dev/inject=enabled");
        }
        for (String tenant : TENANTS) {
            SteadyReader.awaitKnown(aquifer.cluster(), tenant, OWNER + "/ref");
        }
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.installChart();
        Cluster cluster = aquifer.cluster();
        cluster.kubectl("delete", "namespace", OWNER, TENANTS.getFirst(), TENANTS.getLast(), "--timeout=120s");
        cluster.kubectl("delete", "persistentvolume", OWNER, "--ignore-not-found");
        data.close();
    }

    @Test
    void podsReadOnThroughUpgradesOfTheAgentOfTheirNode() {
        Random random = new Random(6);
        String sum = SteadyReader.sum(data);
        List<SteadyReader> readers = new ArrayList<>();
        for (String tenant : TENANTS) {
            readers.add(reader(tenant, "steady").awaitReady());
        }
        int mounts = mounts();
        assertThat(mounts).isPositive();
        String agent = agent();

        for (int round = 0; round < ROUNDS; round++) {
            SteadyReader next = reader(TENANTS.get(round % TENANTS.size()), "round-" + round);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MOMENTS)).toNanos());
            aquifer.installChart("--set", "cache.log.level=" + (round % 2 == 0 ? "debug" : "info"));

            assertThat(next.awaitReady().sum())
                    .as("of a pod of round %d", round)
                    .isEqualTo(sum);
            next.awaitUndisturbed();
            next.remove();
            readers.forEach(SteadyReader::awaitUndisturbed);
            assertThat(readers).extracting(SteadyReader::sum).containsOnly(sum);
            assertThat(agent()).as("the agent after round %d", round).isNotEqualTo(agent);
            agent = agent();
            // kubelet unmounts some moments after the pod
            await("the mounts of before, after round " + round)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> mounts() == mounts);
        }
        readers.forEach(SteadyReader::remove);
    }

    private SteadyReader reader(String tenant, String name) {
        return SteadyReader.make(cluster, tenant, name, OWNER + "/ref");
    }

    /** Of the volume, for all pods of the node. */
    private int mounts() {
        return (int) cluster.command("node-exec", "1", "cat", "/proc/self/mountinfo")
                .run()
                .lines()
                .filter(line -> line.contains("kubernetes.io~csi/aquifer-ro-" + OWNER))
                .count();
    }

    private String agent() {
        return cluster.kubectl(
                "-n",
                "aquifer-system",
                "get",
                "pods",
                "-l",
                Pods.COMPONENT + "=node",
                "--field-selector=status.phase=Running",
                "-o",
                "jsonpath={.items[*].metadata.uid}");
    }
}
