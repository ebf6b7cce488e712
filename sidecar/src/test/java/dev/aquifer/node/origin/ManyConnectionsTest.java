package dev.aquifer.node.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManyConnectionsTest {
    private static final int MOST_OF_A_NODE = 256;

    @TempDir
    Path folder;

    @Test
    void ofOneNodeAreSoManyAndHarmNoOther() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        List<NodeClient> clients = new ArrayList<>();
        try (RunningOrigin origin = RunningOrigin.start(RunningOrigin.settings(source, folder.resolve("state")))) {
            for (int i = 0; i < MOST_OF_A_NODE; i++) {
                clients.add(origin.node());
            }
            origin.ready(clients.getLast());
            try (NodeClient oneMore = origin.node();
                    NodeClient other = origin.client(
                            URI.create("aquifer://node/other"), RunningOrigin.DATASET.value(), RunningOrigin.KEY)) {
                assertThatThrownBy(oneMore::snapshot).isInstanceOf(IOException.class);
                origin.ready(other);
                assertThat(origin.counter("aquifer.origin.refused")).isEqualTo(1);
            }
            clients.getFirst().close();
            await().ignoreExceptions().untilAsserted(() -> {
                try (NodeClient again = origin.node()) {
                    assertThat(again.snapshot()).isInstanceOf(SnapshotAnswer.Ready.class);
                }
            });
        } finally {
            for (NodeClient client : clients) {
                client.close();
            }
        }
    }
}
