package dev.aquifer.node.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.testing.TestAuthority;
import dev.aquifer.node.transfer.DatasetKey;
import dev.aquifer.node.transfer.SnapshotAnswer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/** A real origin of a real folder on a real port, and nodes that may use it. */
public final class RunningOrigin implements AutoCloseable {
    public static final DatasetId DATASET = new DatasetId("0123456789abcdef0123456789abcdef");
    public static final DatasetKey KEY =
            DatasetKey.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));

    private final TestAuthority authority = new TestAuthority();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Origin origin;

    private RunningOrigin(OriginSettings settings) throws IOException {
        this.origin = new Origin(
                settings, authority.contexts(TestAuthority.ORIGIN), registry, InstantSource.system(), Thread::sleep);
        origin.walk();
        origin.listen();
    }

    public static OriginSettings settings(Path source, Path state) {
        return settings(source, state, OnUnreadable.FAIL);
    }

    static OriginSettings settings(Path source, Path state, OnUnreadable onUnreadable) {
        return new OriginSettings(
                source,
                DATASET,
                Set.of(),
                state.resolve("mount-points.json"),
                KEY.sha256(),
                Duration.ofSeconds(1),
                onUnreadable,
                OnChange.WAIT,
                state,
                0,
                0);
    }

    static OriginSettings with(OriginSettings settings, OnChange onChange, Set<DatasetPath> excluded, long bandwidth) {
        return new OriginSettings(
                settings.source(),
                settings.dataset(),
                excluded,
                settings.mountPoints(),
                settings.keyHash(),
                settings.refresh(),
                settings.onUnreadable(),
                onChange,
                settings.state(),
                settings.port(),
                bandwidth);
    }

    public static RunningOrigin start(OriginSettings settings) throws IOException {
        return new RunningOrigin(settings);
    }

    public TestAuthority authority() {
        return authority;
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    public int port() {
        return origin.port();
    }

    NodeClient node() throws IOException {
        return client(TestAuthority.NODE, DATASET.value(), KEY);
    }

    NodeClient client(URI name, String dataset, DatasetKey key) throws IOException {
        return new NodeClient(port(), authority.contexts(name).context(), dataset, key);
    }

    /** Asks until there is a snapshot. */
    SnapshotAnswer.Ready ready(NodeClient node) {
        return (SnapshotAnswer.Ready)
                await().atMost(Duration.ofSeconds(30)).until(node::snapshot, SnapshotAnswer.Ready.class::isInstance);
    }

    public double counter(String name) {
        var counter = registry.find(name).counter();
        assertThat(counter).as(name).isNotNull();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() throws IOException {
        origin.close();
    }
}
