package dev.aquifer.node.origin.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.origin.disk.DigestStore;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.transfer.ChunkRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a file server that takes its time. */
@Timeout(30)
final class FileSenderTest {
    private static final int READERS = 16;
    private static final PeerName NODE = new PeerName("aquifer://node/one");
    private static final PeerName OTHER = new PeerName("aquifer://node/other");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final ChunkRequest REQUEST =
            new ChunkRequest(DatasetPath.parse("gone"), new Version(new Timestamp(1, 2), 3), 10, 0, false, null);

    @TempDir
    Path folder;

    private final Semaphore answers = new Semaphore(0);
    private Source source;
    private DigestStore digests;
    private ChunkOpener opener;
    private FileSender sender;

    @BeforeEach
    void open() throws IOException {
        source = Source.open(folder, Set.of());
        digests = new DigestStore(folder.resolve("digests"));
        opener = new ChunkOpener(source, digests, new Freshness(InstantSource.system(), null), (path, mark) -> {});
        sender = sender(Duration.ofMinutes(1));
    }

    private FileSender sender(Duration patience) {
        var meters = new OriginMeters(new SimpleMeterRegistry());
        return new FileSender(opener, new BandwidthLimit(0), meters, patience);
    }

    @AfterEach
    void close() throws IOException {
        answers.release(1_000);
        sender.close();
        digests.close();
        source.close();
    }

    @Test
    void aBufferIsFilledForHalfASecond() throws Exception {
        var requests = requests(200, i -> LockSupport.parkNanos(20_000_000)).iterator();
        var buffer = ByteBuffer.allocateDirect(SendBuffers.LONG);
        long begun = System.nanoTime();

        try (var feed = new ChunkFeed(opener, requests)) {
            assertThat(feed.fill(buffer)).isTrue();
            assertThat(buffer.position()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void whatThereIsIsSentWhileMoreIsWaitedFor() throws Exception {
        var out = new ByteArrayOutputStream();
        var sending = send(
                requests(3, i -> {
                    if (i < 2) {
                        LockSupport.parkNanos(600_000_000);
                    } else {
                        answers.acquireUninterruptibly();
                    }
                }),
                out);

        await().untilAsserted(() -> assertThat(out.toString(US_ASCII)).contains("\r\n\r\n0000"));

        answers.release();
        sending.join();
    }

    @Test
    void nothingIsReadForANodeThatHasGivenUp() throws Exception {
        sender.close();
        sender = sender(PATIENCE);
        var begun = new CountDownLatch(READERS);
        for (int i = 0; i < READERS; i++) {
            send(
                    requests(1, each -> {
                        begun.countDown();
                        answers.acquireUninterruptibly();
                    }),
                    OutputStream.nullOutputStream());
        }
        begun.await();
        var isRead = new AtomicBoolean();
        var late = send(requests(1, each -> isRead.set(true)), OutputStream.nullOutputStream());
        await().until(() -> late.getState() == Thread.State.WAITING);
        Thread.sleep(PATIENCE.multipliedBy(2));

        answers.release(READERS);
        late.join();

        assertThat(isRead).isFalse();
    }

    /** So many, each of which is come to after a wait. */
    private static Iterable<ChunkRequest> requests(int count, IntConsumer wait) {
        return () -> IntStream.range(0, count)
                .mapToObj(i -> {
                    wait.accept(i);
                    return REQUEST;
                })
                .iterator();
    }

    private Thread send(Iterable<ChunkRequest> requests, OutputStream out) {
        return Thread.ofPlatform().start(() -> send(NODE, requests, out));
    }

    private void send(PeerName node, Iterable<ChunkRequest> requests, OutputStream out) {
        try {
            sender.send(node, requests, out);
        } catch (IOException | InterruptedException ended) {
            // as it is to be for a node that is gone
        }
    }

    @Test
    void aNodeThatReadsSlowlyLeavesBuffersForOthers() throws Exception {
        var slow = new ArrayList<Thread>();
        for (int i = 0; i < 128; i++) {
            slow.add(send(requests(1, each -> answers.acquireUninterruptibly()), OutputStream.nullOutputStream()));
        }
        await().until(() -> slow.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
        var refused = new ByteArrayOutputStream();
        var served = new ByteArrayOutputStream();

        sender.send(NODE, requests(1, each -> {}), refused);
        Thread.ofPlatform().daemon().start(() -> send(OTHER, requests(1, each -> {}), served));

        assertThat(refused.toString(US_ASCII)).startsWith("HTTP/1.1 503");
        await().untilAsserted(() -> assertThat(served.toString(US_ASCII)).startsWith("HTTP/1.1 200"));
    }
}
