package dev.aquifer.node.origin.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.serve.OriginMeters;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Reader;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.origin.walk.Lister;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.origin.walk.Walkers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotMakerTest {
    @TempDir
    Path folder;

    @Test
    void countsWhatALookHasFound() throws Exception {
        var top = Files.createDirectories(folder.resolve("source"));
        var file = Files.writeString(top.resolve("f"), "1");
        var registry = new SimpleMeterRegistry();
        // a clock of the future: nothing is fresh
        InstantSource clock = () -> Instant.now().plusSeconds(60);
        try (var source = Source.open(top, Set.of());
                var records = new RecordPacks(folder.resolve("records"));
                var snapshots = new Snapshots(OnUnreadable.FAIL, OnChange.WAIT, Duration.ofHours(1), clock)) {
            var lister = new Lister(
                    source,
                    Reader.current(),
                    records,
                    new Walkers(1),
                    folder,
                    OnChange.WAIT,
                    clock,
                    new Freshness(clock, source.stampedHere()),
                    time -> {});
            new SnapshotMaker(snapshots, lister, new OriginMeters(registry), clock).start();
            var files = registry.get("aquifer.origin.files").gauge();
            await().untilAsserted(() -> assertThat(files.value()).isEqualTo(1));
            Files.delete(file);
            snapshots.report(DatasetPath.parse("f"), Mark.LOOK_AGAIN);

            await().untilAsserted(() -> assertThat(files.value()).isZero());
        }
    }
}
