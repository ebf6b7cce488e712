package dev.aquifer.node.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that never say who they are, as any pod could make them where no network policy holds. */
final class StrangersTest {
    private static final int MORE_THAN_MAY_WAIT = 1_100;

    @TempDir
    Path folder;

    private final List<Socket> strangers = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
    }

    @Test
    void areFewAndGoBeforeANodeDoes() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.writeString(source.resolve("f"), "content");
        try (RunningOrigin origin = RunningOrigin.start(RunningOrigin.settings(source, folder.resolve("state")));
                NodeClient early = origin.node()) {
            origin.ready(early);
            for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), origin.port());
                stranger.setSoTimeout(1);
                strangers.add(stranger);
            }

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(strangers.stream().filter(StrangersTest::isOpen))
                            .hasSizeLessThanOrEqualTo(1_024));
            assertThat(isOpen(strangers.getLast())).isTrue();
            origin.ready(early);
            try (NodeClient late = origin.node()) {
                origin.ready(late);
            }
        }
    }

    private static boolean isOpen(Socket stranger) {
        try {
            return stranger.getInputStream().read() >= 0;
        } catch (SocketTimeoutException stillOpen) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
