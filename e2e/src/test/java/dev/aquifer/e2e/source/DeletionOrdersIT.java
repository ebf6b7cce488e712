package dev.aquifer.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.SourceState;
import dev.aquifer.e2e.Workbench;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is deleted, and in whatever order: the owner's files stay as they are, and nothing is left hanging. Of the 5,040
 * orders, which would take three days, those run that have any three of the seven things in each of their orders; the short
 * form has any two.
 */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class DeletionOrdersIT {
    private static final long SEED = 7;
    private static final String OURS = "app.kubernetes.io/managed-by=aquifer";

    /** What can be deleted. */
    enum Thing {
        POD,
        CLAIM,
        VOLUME,
        SHARED_VOLUME,
        TENANT,
        OWNER,
        CHART;

        void delete(Cluster cluster) {
            switch (this) {
                case POD -> delete(cluster, "-n", Workbench.BOB, "delete", "pod", "notebook");
                case CLAIM -> delete(cluster, "-n", Workbench.BOB, "delete", "pvc", "-l", OURS);
                case VOLUME -> delete(cluster, "delete", "pv", "-l", OURS + ",aquifer.dev/tenant=" + Workbench.BOB);
                case SHARED_VOLUME -> delete(cluster, "-n", Workbench.OWNER, "delete", "sharedvolume", "shared");
                case TENANT -> delete(cluster, "delete", "namespace", Workbench.BOB);
                case OWNER -> delete(cluster, "delete", "namespace", Workbench.OWNER);
                case CHART -> cluster.helm("uninstall", "aquifer", "--namespace", "aquifer-system", "--wait");
            }
        }

        private static void delete(Cluster cluster, String... command) {
            List<String> words = new ArrayList<>(List.of(command));
            words.addAll(List.of("--ignore-not-found", "--wait=false"));
            cluster.kubectl(words.toArray(String[]::new));
        }
    }

    private final Installation aquifer;

    DeletionOrdersIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    static Stream<List<Thing>> orders() {
        List<List<Thing>> all = Orders.of(List.of(Thing.values()), SEED).all();
        return all.stream().limit(Drill.pick(2, all.size()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theSourceStaysAsItIs(List<Thing> order) throws IOException {
        try (Workbench workbench = Workbench.open(aquifer)) {
            workbench.run(Workbench.BOB, "notebook");
            SourceState before = workbench.state();

            order.forEach(thing -> thing.delete(aquifer.cluster()));

            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(namespaces()).doesNotContain(Workbench.BOB, Workbench.OWNER));
            assertThat(workbench.state()).isEqualTo(before);
        } finally {
            aquifer.installChart();
        }
        // what was deleted while nobody was there to see it goes too
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(volumes()).isEmpty());
    }

    /** The volumes of ours that the tenant had. */
    private String volumes() {
        return aquifer.cluster()
                .kubectl("get", "pv", "-l", OURS + ",aquifer.dev/tenant=" + Workbench.BOB, "-o", "name");
    }

    private List<String> namespaces() {
        return aquifer.cluster()
                .kubectl("get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}")
                .lines()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .toList();
    }
}
