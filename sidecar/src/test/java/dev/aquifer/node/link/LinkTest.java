package dev.aquifer.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinkTest {
    private static final VolumeAttributes ATTRIBUTES = VolumeAttributes.parse(VolumeAttributesTest.golden());

    @TempDir
    Path folder;

    private final List<LinkRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile LinkAnswer answer = new LinkAnswer.Ready("datasets/d/snapshots/s", "s");
    private LinkServer server;
    private LinkClient client;

    @BeforeEach
    void start() throws IOException {
        server = LinkServer.start(socket(), (request, caller) -> {
            asked.add(request);
            if (request instanceof LinkRequest.Acquire) {
                caller.whenGone(() -> gone.set(true));
            }
            return answer;
        });
        client = new LinkClient(socket());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Nested
    class Acquiring {
        @Test
        void givesTheHandlerAllThatWasAsked() throws IOException {
            try (Acquisition acquisition =
                    client.acquire(ATTRIBUTES, "secret", "/pods/p/mount", Duration.ofSeconds(80))) {
                assertThat(acquisition.answer()).isEqualTo(answer);
            }
            assertThat(asked)
                    .containsExactly(
                            new LinkRequest.Acquire(ATTRIBUTES, "secret", "/pods/p/mount", Duration.ofSeconds(80)));
        }

        @Test
        void keepsTheSnapshotUntilTheAskerCloses() throws IOException {
            try (Acquisition _ = client.acquire(ATTRIBUTES, "secret", "/pods/p/mount", Duration.ofSeconds(80))) {
                // a second round trip: had the server let go of the first, it would have said so by now
                assertThatThrownBy(client::mounts).isInstanceOf(LinkException.class);
                assertThat(gone).isFalse();
            }
            await().untilTrue(gone);
        }

        @Test
        void carriesProgressAndRefusals() throws IOException {
            for (LinkAnswer.OfAcquire said : List.of(
                    new LinkAnswer.Filling("dataset climate-data/ref: 34 % of 1.2 GiB"),
                    new LinkAnswer.Refused(RefusalCode.RESOURCE_EXHAUSTED, "too large"))) {
                answer = said;
                try (Acquisition acquisition = client.acquire(ATTRIBUTES, "secret", "/pods/p/mount", Duration.ZERO)) {
                    assertThat(acquisition.answer()).isEqualTo(said);
                }
            }
        }

        @Test
        void namesNoKeyInWhatIsLogged() {
            assertThat(new LinkRequest.Acquire(ATTRIBUTES, "secret", "/pods/p/mount", Duration.ZERO).toString())
                    .doesNotContain("secret");
        }
    }

    @Nested
    class Leaving {
        @Test
        void interruptsTheHandlerOfAnAskerWhoLeft() throws Exception {
            CountDownLatch waiting = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Path other = folder.resolve("other.sock");
            try (LinkServer _ = LinkServer.start(other, (_, _) -> {
                waiting.countDown();
                try {
                    Thread.sleep(Duration.ofDays(1));
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                    throw expected;
                }
                return answer;
            })) {
                Thread asker = Thread.ofVirtual().start(() -> {
                    try (Acquisition _ =
                            new LinkClient(other).acquire(ATTRIBUTES, "k", "/pods/p/mount", Duration.ofDays(1))) {
                        throw new AssertionError("an answer came");
                    } catch (IOException expected) {
                        // closed by the interrupt
                    }
                });
                waiting.await();
                asker.interrupt();
                interrupted.await();
            }
        }
    }

    @Nested
    class OtherQuestions {
        @Test
        void carriesPublishedVolumesWhoseKeysNobodyPrints() throws IOException {
            PublishedVolume volume = new PublishedVolume(ATTRIBUTES, "s3cret");
            answer = new LinkAnswer.Volumes(List.of(volume));
            assertThat(client.volumes()).containsExactly(volume);
            assertThat(asked).containsExactly(new LinkRequest.Volumes());
            assertThat(answer.toString()).doesNotContain("s3cret");
        }

        @Test
        void carriesARootForEachMount() throws IOException {
            MountedRoot twice = new MountedRoot(8, 1, -1);
            List<MountedRoot> roots = List.of(twice, new MountedRoot(0, 34, 1L << 40), twice);
            answer = new LinkAnswer.Mounted(roots);
            assertThat(client.mounts()).isEqualTo(roots);
        }

        @Test
        void carriesConditionsAndStatus() throws IOException {
            answer = new LinkAnswer.Condition(true, "file a is damaged", 3, 4096);
            assertThat(client.condition("datasets/d/snapshots/s")).isEqualTo(answer);
            answer = new LinkAnswer.Status(JsonObject.of("datasets", 3));
            assertThat(client.status()).isEqualTo(JsonObject.of("datasets", 3));
        }

        @Test
        void carriesWhatIsOnlyNoted() throws IOException {
            answer = new LinkAnswer.Noted();
            client.forget("/pods/p/mount");
            client.published("OK", Duration.ofMillis(70));
            assertThat(asked)
                    .containsExactly(
                            new LinkRequest.Forget("/pods/p/mount"),
                            new LinkRequest.Published("OK", Duration.ofMillis(70)));
        }

        @Test
        void reportsARefusalByItsMessage() {
            answer = new LinkAnswer.Refused(RefusalCode.NOT_FOUND, "no such snapshot");
            assertThatThrownBy(() -> client.condition("x"))
                    .isInstanceOf(LinkException.class)
                    .hasMessage("no such snapshot");
        }
    }

    @Nested
    class StrangePeers {
        @Test
        void refusesWhatIsNoRequest() throws IOException {
            assertThat(raw("{\"op\":\"format\"}")).contains("INVALID_ARGUMENT").contains("'op'");
            assertThat(raw("{\"op\":\"acquire\",\"attributes\":{},\"key\":1}")).contains("INVALID_ARGUMENT");
            assertThat(asked).isEmpty();
        }

        @Test
        void closesOnAMessageWithoutAnEnd() throws IOException {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                channel.write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).flip());
                assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        }

        @Test
        void saysThatNobodyListens() throws IOException {
            server.close();
            assertThatThrownBy(() -> client.status())
                    .isInstanceOf(LinkLostException.class)
                    .hasMessageContaining("does not listen on " + socket());
        }

        private String raw(String json) throws IOException {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                byte[] bytes = json.getBytes(UTF_8);
                channel.write(ByteBuffer.allocate(4 + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .flip());
                return Frames.read(channel).encode();
            }
        }
    }

    @Nested
    class TheSocket {
        @Test
        void isForItsOwnerOnly() throws IOException {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-------");
        }

        @Test
        void takesThePlaceOfAStaleOneAndLeavesASuccessorsAlone() throws IOException {
            LinkServer successor = LinkServer.start(socket(), (_, _) -> new LinkAnswer.Status(new JsonObject()));
            server.close();
            assertThat(client.status()).isEqualTo(new JsonObject());
            successor.close();
            assertThat(socket()).doesNotExist();
        }
    }

    private Path socket() {
        return folder.resolve("link.sock");
    }
}
