package dev.aquifer.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

final class StatusPageTest {
    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);
    private static final long MEBIBYTE = 1 << 20;

    private final JsonArray datasets = new JsonArray();
    private final JsonObject status = new JsonObject()
            .put("usedBytes", 70 * MEBIBYTE)
            .put("usedInodes", 72)
            .put("quotaBytes", 200L << 30)
            .put("quotaInodes", 10_000_000)
            .put("mountsKnown", true)
            .put("datasets", datasets);

    @Test
    void hasARowForWhatNewPodsGetAndOneForWhatIsBeingFilledAndOneForWhatOnlyRunningPodsHave() {
        datasets.add(dataset("climate-ref/ref", "refreshing")
                .put("snapshot", NEW)
                .put("snapshots", JsonArray.of(snapshot(OLD, 3), snapshot(NEW, 27)))
                .put(
                        "fill",
                        new JsonObject()
                                .put("snapshot", "c".repeat(64))
                                .put("percent", 34)
                                .put("doneBytes", 22 * MEBIBYTE)
                                .put("totalBytes", 65 * MEBIBYTE)
                                .put("bytesPerSecond", 310 * MEBIBYTE)
                                .put("message", "34 % of 65.0 MiB in 64 files, 310 MiB/s, about 3 s left")));

        assertThat(StatusPage.of(status))
                .containsExactly(
                        "DATASET          SNAPSHOT      STATE    DONE                          BYTES                 RATE       MOUNTS",
                        "climate-ref/ref  bbbbbbbbbbbb  ready    [####################] 100 %  64.0 MiB              -          27",
                        "climate-ref/ref  cccccccccccc  filling  [######--------------]  34 %  22.0 MiB of 65.0 MiB  310 MiB/s  -",
                        "climate-ref/ref  aaaaaaaaaaaa  older    [####################] 100 %  64.0 MiB              -          3",
                        "climate-ref/ref: 34 % of 65.0 MiB in 64 files, 310 MiB/s, about 3 s left",
                        "cache: 70.0 MiB of 200 GiB, 72 of 10000000 inodes");
    }

    @Test
    void saysWhyADatasetHasNoSnapshotAndSortsByName() {
        datasets.add(dataset("b/refused", "refused")
                        .put(
                                "refused",
                                new JsonObject()
                                        .put("code", "RESOURCE_EXHAUSTED")
                                        .put("message", "2.9 MiB do not fit into 977 KiB")))
                .add(dataset("a/begun", "filling")
                        .put(
                                "fill",
                                new JsonObject()
                                        .putNull("snapshot")
                                        .put("percent", 0)
                                        .put("doneBytes", 0)
                                        .putNull("totalBytes")
                                        .put("bytesPerSecond", 0)
                                        .put("message", "asking the origin for its newest snapshot")));

        assertThat(StatusPage.of(status))
                .startsWith(
                        "DATASET    SNAPSHOT  STATE    DONE                          BYTES  RATE   MOUNTS",
                        "a/begun    -         filling  [--------------------]   0 %  -      0 B/s  -",
                        "b/refused  -         refused  -                             -      -      -",
                        "a/begun: asking the origin for its newest snapshot",
                        "b/refused: refused, RESOURCE_EXHAUSTED: 2.9 MiB do not fit into 977 KiB");
    }

    @Test
    void namesWhatIsDamagedLeftOutAndInTheWay() {
        datasets.add(dataset("a/ref", "ready")
                .put("snapshot", NEW)
                .put("mountPointsInTheWay", JsonArray.of("results"))
                .put(
                        "leftOut",
                        JsonArray.of(new JsonObject()
                                .put("reason", "TOO_DEEP")
                                .put("count", 3)
                                .put("examples", JsonArray.of("a/b", "a/c"))))
                .put("snapshots", JsonArray.of(snapshot(NEW, 1).put("damaged", "file 'x'"))));

        assertThat(StatusPage.of(status))
                .anyMatch(line -> line.startsWith("a/ref    bbbbbbbbbbbb  damaged "))
                .contains(
                        "a/ref: snapshot " + NEW + " is damaged: file 'x'",
                        "a/ref: left out, too deep: 3, for example a/b, a/c",
                        "a/ref: nothing can be mounted at 'results', where the source has something else than a directory");
    }

    @Test
    void hasARowForASnapshotWhoseListingIsLost() {
        JsonObject lost = snapshot(NEW, 1).put("damaged", "the listing record is missing");
        lost.remove("bytes");
        datasets.add(dataset("a/ref", "ready").put("snapshot", NEW).put("snapshots", JsonArray.of(lost)));

        assertThat(StatusPage.of(status)).anyMatch(line -> line.endsWith("  ?      -     1"));
    }

    @Test
    void doesNotPretendToKnowWhatIsMounted() {
        JsonObject unknown = snapshot(NEW, 0);
        unknown.remove("mounts");
        datasets.add(dataset("a/ref", "ready").put("snapshot", NEW).put("snapshots", JsonArray.of(unknown)));

        assertThat(StatusPage.of(status.put("mountsKnown", false)))
                .anyMatch(line -> line.endsWith(" -     ?"))
                .contains(
                        "what is mounted is not known: the container 'mount' does not say; see the logs of both containers");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(StatusPage.of(status))
                .containsExactly(
                        "no datasets: no pod of this node has a cached volume, and none is prefetched",
                        "cache: 70.0 MiB of 200 GiB, 72 of 10000000 inodes");
    }

    private static JsonObject dataset(String name, String state) {
        return new JsonObject()
                .put("id", "1".repeat(32))
                .put("name", name)
                .put("state", state)
                .put("leftOut", new JsonArray())
                .put("mountPointsInTheWay", new JsonArray())
                .put("snapshots", new JsonArray());
    }

    private static JsonObject snapshot(String id, int mounts) {
        return new JsonObject().put("id", id).put("bytes", 64 * MEBIBYTE).put("mounts", mounts);
    }
}
