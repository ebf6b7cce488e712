package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.link.Acquisition;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.link.PublishedVolume;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeOrigins;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.LeftOutReason;
import dev.aquifer.node.transfer.SnapshotAnswer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class FetchProgramTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration UPKEEP_EVERY = Duration.ofMillis(200);
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    /** FS_APPEND_FL of linux/fs.h: such a file cannot be removed. */
    private static final int APPEND_ONLY = 0x20;

    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final DatasetId TWO = new DatasetId("2".repeat(32));

    @TempDir
    Path folder;

    private final FakeOrigins origins = new FakeOrigins();
    private final List<MountedRoot> mounted = new CopyOnWriteArrayList<>();
    private final List<PublishedVolume> published = new CopyOnWriteArrayList<>();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private volatile JsonObject answer = new JsonObject();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeSource source = new FakeSource().random("a", 2_000_000).random("d/b", 1_000_000);
    private final FakeOrigin origin = new FakeOrigin(source);
    private volatile Duration ahead = Duration.ZERO;
    private long scrubRate;
    private Usage quota = new Usage(1L << 30, 100_000);
    private LinkServer mounter;
    private FetchProgram program;
    private LinkClient client;

    @BeforeEach
    void start() throws IOException {
        origins.origins.put(ONE, origin);
        mounter = LinkServer.start(
                folder.resolve("mount.sock"),
                (request, _) -> request instanceof LinkRequest.Volumes
                        ? new LinkAnswer.Volumes(List.copyOf(published))
                        : new LinkAnswer.Mounted(List.copyOf(mounted)));
        client = new LinkClient(folder.resolve("fetch.sock"));
        begin();
    }

    private void begin() throws IOException {
        FetchSettings settings = new FetchSettings(
                folder.resolve("cache"),
                folder.resolve("fetch.sock"),
                folder.resolve("mount.sock"),
                folder.resolve("datasets"),
                folder.resolve("keys"),
                new Quota(quota, 90, 80),
                new FreeSpaceFloor(0),
                false,
                scrubRate,
                2,
                3);
        InstantSource clock = () -> Instant.now().plus(ahead);
        program = FetchProgram.start(settings, origins, this::take, registry, clock, UPKEEP_EVERY);
    }

    /** How many targets show it, as the metric says; null if it does not name it. */
    private @Nullable Double targets(String snapshot) {
        Gauge gauge = registry.find("aquifer.node.snapshot.mounts")
                .tag("snapshot", snapshot.substring(0, 12))
                .gauge();
        return gauge == null ? null : gauge.value();
    }

    private JsonObject take(String report) {
        reports.add(report);
        return answer;
    }

    @AfterEach
    void stop() throws IOException {
        program.close();
        mounter.close();
        ScratchCache.unlock(folder);
    }

    @Nested
    class APublish {
        @Test
        void getsTheSnapshotOnceItIsThere() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            assertThat(ready.snapshot()).isEqualTo(source.id().hex());
            assertThat(tree(ready).resolve("a"))
                    .hasBinaryContent(source.require("a").content());
        }

        @Test
        void needsNoOriginForWhatIsComplete() throws IOException {
            acquire(ONE);
            origins.origins.clear();
            assertThat(acquire(ONE).snapshot()).isEqualTo(source.id().hex());
            program.close();
            begin();
            assertThat(acquire(ONE).snapshot()).isEqualTo(source.id().hex());
        }

        @Test
        void needsNoOriginForWhatACrashLeftWithoutTheNoteOfItsCompletion() throws IOException {
            acquire(ONE);
            program.close();
            Files.delete(folder.resolve("cache/datasets").resolve(ONE.value()).resolve("newest"));
            origins.origins.clear();
            begin();
            assertThat(acquire(ONE).snapshot()).isEqualTo(source.id().hex());
        }

        @Test
        void notesOnceMoreThatASnapshotIsComplete() throws IOException {
            acquire(ONE);
            program.close();
            Path newest = folder.resolve("cache/datasets").resolve(ONE.value()).resolve("newest");
            Files.writeString(newest, "f".repeat(64));
            begin();
            acquire(ONE);
            assertThat(newest).hasContent(source.id().hex());
            assertThat(origin.chunkBytes).as("nothing was fetched twice").hasValue(source.bytes());
        }

        @Test
        void isNotKeptWaitingByADatasetWhoseFolderCannotBeRead() throws IOException {
            acquire(ONE);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 1_000)));
            acquire(TWO);
            program.close();
            Path broken = folder.resolve("cache/datasets").resolve(TWO.value()).resolve("filling");
            Files.delete(broken);
            Files.createFile(broken);

            begin();

            assertThat(acquire(ONE).snapshot()).isEqualTo(source.id().hex());
            assertThat(ask(TWO, LONG))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Refused.class,
                            refused -> assertThat(refused.message()).contains("the cache folder cannot be used"));
        }

        @Test
        void seesTheMountPointsThatTheOriginNamesBeforeTheListOfDatasetsIsThere() throws IOException {
            origin.mountPoints.addAll(List.of(DatasetPath.parse("results"), DatasetPath.parse("d/deep/er")));
            Path tree = tree(acquire(ONE));
            assertThat(tree.resolve("results")).isEmptyDirectory();
            assertThat(tree.resolve("d/deep/er")).isEmptyDirectory();
        }

        @Test
        void sharesOneFillWithAllOthers() throws Exception {
            try (ExecutorService pods = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<LinkAnswer.Ready>> answers = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    answers.add(pods.submit(() -> acquire(ONE)));
                }
                for (Future<LinkAnswer.Ready> answer : answers) {
                    assertThat(answer.get().snapshot()).isEqualTo(source.id().hex());
                }
            }
            assertThat(origin.chunkBytes).hasValue(source.bytes());
            assertThat(registry.counter("aquifer.node.origin.bytes").count()).isEqualTo((double) source.bytes());
        }

        @Test
        void isToldHowFarTheFillIsAndJoinsItLater() throws IOException {
            origin.gate.drainPermits();
            assertThat(ask(ONE, Duration.ofMillis(300)))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Filling.class,
                            filling -> assertThat(filling.message()).startsWith("dataset climate-data/ref: "));
            origin.gate.release(1000);
            acquire(ONE);
            assertThat(origin.chunkBytes).hasValue(source.bytes());
        }

        @Test
        void isToldWhatTheOriginComplainsOf() throws IOException {
            origin.answer(new SnapshotAnswer.Refused("let the origin read 'x'", List.of()));
            assertThat(ask(ONE, LONG))
                    .isEqualTo(new LinkAnswer.Refused(
                            RefusalCode.FAILED_PRECONDITION, "climate-data/ref: let the origin read 'x'"));
        }

        @Test
        void waitsForAnOriginThatIsAway() throws Exception {
            origins.origins.clear();
            assertThat(ask(ONE, Duration.ofMillis(400)))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Filling.class,
                            filling -> assertThat(filling.message()).contains("cannot be reached"));
            await().untilAsserted(() -> assertThat(registry.get("aquifer.node.fill.stalled.seconds")
                            .gauge()
                            .value())
                    .isPositive());
        }

        @Test
        void followsASourceThatMovesOn() throws IOException {
            FakeSource next = source.copy().file("a", "new");
            origin.moveTo(next);
            Thread mover = Thread.ofVirtual().start(() -> {
                await().until(() -> origin.chunkRequests.get() > 0);
                origin.serve(next);
            });
            assertThat(acquire(ONE).snapshot()).isEqualTo(next.id().hex());
            mover.interrupt();
        }

        @Test
        void isRefusedInTheOriginsWordsOnceAFileCannotBeRead() throws IOException {
            origin.unreadable.add("a");
            Thread looker = Thread.ofVirtual().start(() -> {
                await().until(() -> origin.chunkRequests.get() > 0);
                origin.answer(new SnapshotAnswer.Refused("let the origin read 'a'", List.of()));
            });
            assertThat(ask(ONE, LONG))
                    .isEqualTo(new LinkAnswer.Refused(
                            RefusalCode.FAILED_PRECONDITION, "climate-data/ref: let the origin read 'a'"));
            looker.interrupt();
        }

        @Test
        void needsNoRoomForWhatIsComplete() throws IOException {
            acquire(ONE);
            try (Fd marks = dev.aquifer.node.linux.Files.openRoot(
                    folder.resolve("cache/datasets").resolve(ONE.value()).resolve("marks"))) {
                Files.delete(marks.path().resolve(source.id().hex()));
                new Protection(false).set(marks);
            }
            assertThat(acquire(ONE).snapshot()).isEqualTo(source.id().hex());
        }

        @Test
        void letsTheFillPauseOnceNobodyWantsIt() throws IOException {
            origin.gate.drainPermits();
            ask(ONE, Duration.ofMillis(200));
            client.forget("/pods/" + ONE);
            origin.gate.release(1000);
            await().until(() -> !dataset(ONE).containsKey("fill"));
            acquire(ONE);
            assertThat(origin.chunkBytes).hasValue(source.bytes());
        }
    }

    @Nested
    class TheQuota {
        @Test
        void refusesADatasetThatIsLargerThanTheWholeCache() throws IOException {
            restartWith(new Usage(1_000_000, 100_000));
            assertThat(ask(ONE, LONG)).isInstanceOfSatisfying(LinkAnswer.Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo(RefusalCode.RESOURCE_EXHAUSTED);
                assertThat(refused.message()).contains("2.9 MiB", "977 KiB", "readPath: Direct");
            });
        }

        @Test
        void leavesNothingOfTheListingOfADatasetThatIsRefused() throws IOException {
            restartWith(new Usage(1_000_000, 100_000));
            assertThat(ask(ONE, LONG)).isInstanceOf(LinkAnswer.Refused.class);
            Path records = folder.resolve("cache/datasets").resolve(ONE.value()).resolve("records");
            await().atMost(LONG).untilAsserted(() -> assertThat(records).isEmptyDirectory());
        }

        @Test
        void letsTheOneGoThatIsNotMounted() throws IOException {
            restartWith(new Usage(5_000_000, 100_000));
            LinkAnswer.Ready first = acquire(ONE);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 2_500_000)));
            acquire(TWO);
            assertThat(tree(first)).doesNotExist();
        }

        @Test
        void neverTakesWhatIsMounted() throws IOException {
            restartWith(new Usage(5_000_000, 100_000));
            LinkAnswer.Ready first = acquire(ONE);
            mount(first);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 2_500_000)));
            assertThat(ask(TWO, LONG))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Refused.class,
                            refused -> assertThat(refused.message()).contains("there is no room", "what pods use now"));
            assertThat(tree(first)).exists();
        }

        @Test
        void takesNothingWhileNobodySaysWhatIsMounted() throws IOException {
            restartWith(new Usage(5_000_000, 100_000));
            LinkAnswer.Ready first = acquire(ONE);
            mounter.close();
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 2_500_000)));
            ask(TWO, Duration.ofSeconds(1));
            assertThat(tree(first)).exists();
        }

        @Test
        void countsOnlyWhatAFillStillHasToWrite() throws IOException {
            restartWith(new Usage(4_300_000, 100_000));
            fetchFirstFile(ONE);
            restartWith(quota);
            await().until(() -> client.status().getLong("usedBytes") > 1_900_000);
            origin.untilBreak.set(Long.MAX_VALUE);
            origin.chunkBytes.set(0);
            acquire(ONE);
            assertThat(origin.chunkBytes).hasValue(1_000_000);
        }

        @Test
        void countsOnceWhatAFillTakesOverFromOneThatTheSourceLeftBehind() throws IOException {
            restartWith(new Usage(4_300_000, 100_000));
            fetchFirstFile(ONE);
            FakeSource next = source.copy().random("d/b", 1_000_001);
            origin.serve(next);
            origin.untilBreak.set(Long.MAX_VALUE);
            origin.chunkBytes.set(0);
            assertThat(acquire(ONE).snapshot()).isEqualTo(next.id().hex());
            assertThat(origin.chunkBytes).hasValue(1_000_001);
        }

        @Test
        void givesUpWhatWasBegunOfADatasetBeforeItsNextSnapshotIsRefused() throws IOException {
            restartWith(new Usage(4_300_000, 100_000));
            takesTheNextInPlaceOfWhatWasBegun();
        }

        private void takesTheNextInPlaceOfWhatWasBegun() throws IOException {
            fetchFirstFile(ONE);
            FakeSource next = source.copy().random("a", 1_900_000).random("d/b", 900_000);
            origin.serve(next);
            origin.untilBreak.set(Long.MAX_VALUE);
            assertThat(acquire(ONE).snapshot()).isEqualTo(next.id().hex());
        }

        @Test
        void keepsWhatWasBegunWhereANextSnapshotIsTooLargeAnyway() throws IOException {
            restartWith(new Usage(4_300_000, 100_000));
            fetchFirstFile(ONE);
            origin.serve(source.copy().random("d/b", 900_000).random("huge", 5_000_000));
            origin.untilBreak.set(Long.MAX_VALUE);
            assertThat(ask(ONE, LONG)).isInstanceOf(LinkAnswer.Refused.class);

            origin.serve(source);
            origin.chunkBytes.set(0);
            await().atMost(LONG).until(() -> ask(ONE, LONG) instanceof LinkAnswer.Ready);
            assertThat(origin.chunkBytes).hasValue(1_000_000);
        }

        @Test
        void ofADatasetIsNotTakenByWhatWasBegunOfAnotherSnapshot() throws IOException {
            list(entry(ONE, 20, false).put("maxBytes", 4_000_000));
            takesTheNextInPlaceOfWhatWasBegun();
        }

        @Test
        void countsOnlyWhatAFillStillHasToWriteOfFilesWithSeveralNames() throws IOException {
            FakeSource.File a = source.require("a");
            FakeSource.File linked = new FakeSource.File(a.content(), a.attributes(), a.version(), 7);
            FakeSource next = source.copy().put("a", linked).put("d/a", linked);
            origin.serve(next);
            restartWith(new Usage(4_300_000, 100_000));
            fetchFirstFile(ONE);
            restartWith(quota);
            await().until(() -> client.status().getLong("usedBytes") > 1_900_000);
            origin.untilBreak.set(Long.MAX_VALUE);
            origin.chunkBytes.set(0);
            assertThat(acquire(ONE).snapshot()).isEqualTo(next.id().hex());
            assertThat(origin.chunkBytes).hasValue(1_000_000);
        }

        @Test
        void ofADatasetLetsItsOlderSnapshotGoBeforeTheNextIsRefused() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            list(entry(ONE, 20, false).put("maxBytes", 4_000_000));
            FakeSource next = source.copy().random("a", 1_900_000);
            origin.serve(next);
            // a question that is being answered uses the old one too, and has the next refused for a moment
            await().atMost(LONG)
                    .until(() -> ask(ONE, LONG) instanceof LinkAnswer.Ready ready
                            && ready.snapshot().equals(next.id().hex()));
            assertThat(tree(old)).doesNotExist();
        }

        @Test
        void ofADatasetKeepsWhatNewPodsGetWhileItsRoomIsTakenByPods() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            list(entry(ONE, 20, false).put("maxBytes", 4_000_000));
            FakeSource next = source.copy().random("a", 1_900_000);
            origin.serve(next);
            await().atMost(LONG).until(() -> dataset(ONE).containsKey("refused"));
            assertThat(dataset(ONE).getJsonObject("refused").getString("message"))
                    .contains("that pods use now", "cache.maxBytes");
            assertThat(acquire(ONE).snapshot()).isEqualTo(old.snapshot());
        }

        @Test
        void takesTheRoomOfAFillThatNobodyGoesOnWith() throws IOException {
            restartWith(new Usage(5_000_000, 100_000));
            beginAndForget(ONE);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 3_500_000)));
            assertThat(ask(TWO, LONG)).as("while it may be asked for again").isInstanceOf(LinkAnswer.Refused.class);

            ahead = Duration.ofMinutes(6);

            acquire(TWO);
            assertThat(begun(ONE)).isEmptyDirectory();
        }

        @Test
        void keepsWhatAFillHasBegunForWhoAsksAgainAfterARestart() throws IOException {
            beginAndForget(ONE);
            restartWith(new Usage(5_000_000, 100_000));
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 3_500_000)));

            assertThat(ask(TWO, LONG)).isInstanceOf(LinkAnswer.Refused.class);

            assertThat(begun(ONE)).isNotEmptyDirectory();
        }

        @Test
        void letsNothingGoForWhatWouldNotFitAllTheSame() throws IOException {
            restartWith(new Usage(6_000_000, 100_000));
            LinkAnswer.Ready unused = acquire(ONE);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("used", 2_000_000)));
            mount(acquire(TWO));
            DatasetId three = new DatasetId("3".repeat(32));
            origins.origins.put(three, new FakeOrigin(new FakeSource().random("large", 4_500_000)));

            assertThat(ask(three, LONG))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Refused.class,
                            refused -> assertThat(refused.message()).contains("there is no room"));

            assertThat(tree(unused)).exists();
        }

        /** Two of three megabytes. */
        private void fetchFirstFile(DatasetId dataset) throws IOException {
            origin.untilBreak.set(2_100_000);
            ask(dataset, Duration.ofSeconds(1));
            await().atMost(LONG).until(() -> origin.chunkRequests.get() > 1);
        }

        /** Fetches two of three megabytes, and then nobody wants them. */
        private void beginAndForget(DatasetId dataset) throws IOException {
            fetchFirstFile(dataset);
            client.forget("/pods/" + dataset);
            await().atMost(LONG).until(() -> !dataset(dataset).containsKey("fill"));
            assertThat(begun(dataset)).isNotEmptyDirectory();
        }

        private Path begun(DatasetId dataset) {
            return folder.resolve("cache/datasets").resolve(dataset.value()).resolve("filling");
        }

        private void restartWith(Usage limit) throws IOException {
            program.close();
            quota = limit;
            begin();
        }
    }

    @Nested
    class TheListOfDatasets {
        @Test
        void hasNewMountPointsMadeInWhatIsComplete() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            list(entry(ONE, 600, false, "results", "d/deep/er", "a"));
            Path tree = tree(ready);
            await().untilAsserted(() -> assertThat(tree.resolve("d/deep/er")).isEmptyDirectory());
            assertThat(tree.resolve("results")).isEmptyDirectory();
            assertThat(dataset(ONE).getJsonArray("mountPointsInTheWay")).containsExactly("a");
        }

        @Test
        void hasMountPointsMadeInEachDatasetOfTheSameSource() throws IOException {
            origins.origins.put(TWO, origin);
            List<LinkAnswer.Ready> both = List.of(acquire(ONE), acquire(TWO));
            list(entry(ONE, 600, false, "results"), entry(TWO, 600, false, "results"));
            for (LinkAnswer.Ready each : both) {
                Path made = tree(each).resolve("results");
                await().atMost(LONG).untilAsserted(() -> assertThat(made).isEmptyDirectory());
            }
        }

        @Test
        void hasADatasetPrefetched() throws IOException {
            Files.createDirectories(folder.resolve("keys"));
            Files.writeString(folder.resolve("keys").resolve(ONE.value()), KEY + "\n");
            list(entry(ONE, 600, true));
            await().atMost(LONG).until(() -> origin.chunkBytes.get() == source.bytes());
        }

        @Test
        void hasWhatIsForNodesLikeItPrefetchedOnceItsLabelsAreKnown() throws IOException {
            FakeOrigin forOthers = new FakeOrigin(new FakeSource().random("other", 100_000));
            origins.origins.put(TWO, forOthers);
            Files.createDirectories(folder.resolve("keys"));
            Files.writeString(folder.resolve("keys").resolve(ONE.value()), KEY);
            Files.writeString(folder.resolve("keys").resolve(TWO.value()), KEY);
            list(
                    entry(ONE, 600, true).put("prefetchNodeSelector", new JsonObject().put("pool", "gpu")),
                    entry(TWO, 600, true).put("prefetchNodeSelector", new JsonObject().put("pool", "cpu")));
            await().atMost(LONG)
                    .until(() -> !reports.isEmpty() && new JsonObject(reports.getLast()).getBoolean("asksForLabels"));
            assertThat(new JsonObject(reports.getLast()).getJsonArray("unselected"))
                    .isEmpty();
            assertThat(origin.chunkRequests).hasValue(0);

            program.close();
            answer = new JsonObject()
                    .put("labels", new JsonObject().put("pool", "gpu").put("zone", "a"));
            begin();

            await().atMost(LONG).until(() -> origin.chunkBytes.get() == source.bytes());
            await().atMost(LONG)
                    .until(() -> new JsonObject(reports.getLast())
                            .getJsonArray("unselected")
                            .contains(TWO.value()));
            assertThat(forOthers.chunkRequests).hasValue(0);
        }

        @Test
        void keepsNoPodWaitingForWhatIsPrefetchedFromAnOriginThatStalls() throws IOException {
            origin.gate.drainPermits();
            FakeSource wanted = new FakeSource().random("other", 100_000);
            origins.origins.put(TWO, new FakeOrigin(wanted));
            Files.createDirectories(folder.resolve("keys"));
            Files.writeString(folder.resolve("keys").resolve(ONE.value()), KEY);
            list(entry(ONE, 600, true));
            await().atMost(LONG).until(() -> origin.chunkRequests.get() > 0);
            assertThat(acquire(TWO).snapshot()).isEqualTo(wanted.id().hex());
            origin.gate.release(1000);
            await().atMost(LONG).until(() -> origin.chunkBytes.get() == source.bytes());
        }

        @Test
        void takesOnlyFreeRoomForWhatNoPodHasAskedForYet() throws IOException {
            program.close();
            quota = new Usage(5_000_000, 100_000);
            begin();
            LinkAnswer.Ready first = acquire(ONE);
            origins.origins.put(TWO, new FakeOrigin(new FakeSource().random("other", 2_500_000)));
            Files.createDirectories(folder.resolve("keys"));
            Files.writeString(folder.resolve("keys").resolve(TWO.value()), KEY);
            list(entry(ONE, 600, false), entry(TWO, 600, true));
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(dataset(TWO).getString("state")).isEqualTo("refused"));
            assertThat(tree(first)).exists();

            // the refusal is repeated for some seconds
            await().atMost(LONG).until(() -> ask(TWO, LONG) instanceof LinkAnswer.Ready);

            assertThat(tree(first)).doesNotExist();
        }

        @Test
        void bringsNewerSnapshotsToNewPodsAndLetsTheOldOneGoOnceItIsUnmounted() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            FakeSource next = source.copy().file("d/new", "new");
            origin.serve(next);
            list(entry(ONE, 20, false));
            await().atMost(LONG)
                    .until(() -> acquire(ONE).snapshot().equals(next.id().hex()));
            assertThat(tree(old).resolve("a")).exists();
            await().untilAsserted(() -> {
                assertThat(targets(old.snapshot())).isEqualTo(1.0);
                assertThat(targets(next.id().hex())).isEqualTo(0.0);
            });
            mounted.clear();
            await().atMost(LONG).until(() -> !Files.exists(tree(old)));
            await().untilAsserted(() -> assertThat(targets(old.snapshot())).isNull());
            Path shelf = folder.resolve("cache/datasets").resolve(ONE.value()).resolve("records");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(shelf.resolve(old.snapshot().substring(0, 2))
                                    .resolve(old.snapshot().substring(2)))
                            .doesNotExist());
        }

        @Test
        void hasADatasetRemovedThatIsGoneFromItForTenMinutesAndUnmounted() throws Exception {
            LinkAnswer.Ready ready = acquire(ONE);
            mount(ready);
            list(entry(TWO, 600, false));
            pass(Duration.ofMinutes(9));
            pass(Duration.ofMinutes(2));
            assertThat(tree(ready)).exists();
            mounted.clear();
            await().atMost(LONG).until(() -> !Files.exists(tree(ready)));
        }

        @Test
        void hasNothingRemovedWithinTenMinutes() throws Exception {
            LinkAnswer.Ready ready = acquire(ONE);
            list(entry(TWO, 600, false));
            pass(Duration.ofMinutes(9));
            assertThat(tree(ready)).exists();
            list(entry(ONE, 600, false));
            pass(Duration.ofMinutes(9));
            list(entry(TWO, 600, false));
            pass(Duration.ofMinutes(9));
            assertThat(tree(ready)).exists();
        }

        @Test
        void hasNothingRemovedWhileItIsNotWhole() throws Exception {
            LinkAnswer.Ready ready = acquire(ONE);
            list();
            pass(Duration.ofHours(1));
            list(2, entry(TWO, 600, false));
            pass(Duration.ofHours(1));
            Files.writeString(folder.resolve("datasets/datasets-1.json"), "");
            pass(Duration.ofHours(1));
            Files.delete(folder.resolve("datasets/datasets-1.json"));
            list(entry(TWO, 600, false), entry(TWO, 600, false).put("id", "../x"));
            pass(Duration.ofHours(1));
            Files.delete(folder.resolve("datasets/datasets-0.json"));
            pass(Duration.ofHours(1));
            assertThat(tree(ready)).exists();
        }

        /** Lets upkeep see what there is, then so much time go by, and upkeep see that. */
        private void pass(Duration time) throws InterruptedException {
            Thread.sleep(UPKEEP_EVERY.multipliedBy(5));
            ahead = ahead.plus(time);
            Thread.sleep(UPKEEP_EVERY.multipliedBy(5));
        }
    }

    @Nested
    class AfterANewStart {
        @Test
        void newerSnapshotsComeToANodeWhosePodsAreStillThere() throws IOException {
            acquire(ONE);
            program.close();
            FakeSource next = source.copy().file("d/new", "new");
            origin.serve(next);
            published.add(new PublishedVolume(attributes(ONE), KEY));
            list(entry(ONE, 20, false));
            begin();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(dataset(ONE).getString("snapshot"))
                            .isEqualTo(next.id().hex()));
        }

        @Test
        void filesAndDirectoriesThatACrashLeftUnprotectedAreProtectedAgain() throws IOException {
            Path tree = tree(acquire(ONE));
            program.close();
            List<Path> bare = List.of(tree, tree.resolve("d"), tree.resolve("d/b"));
            for (Path path : bare) {
                try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
                    new Protection(false).lift(fd);
                }
            }
            assertThat(bare).noneMatch(FetchProgramTest::isProtected);
            begin();
            await().untilAsserted(() -> assertThat(bare).allMatch(FetchProgramTest::isProtected));
        }

        @Test
        void aRemovalThatCannotComeToItsEndKeepsNoPodFromItsSnapshot() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            program.close();
            Path removing =
                    folder.resolve("cache/datasets/" + ONE + "/removing").resolve("f".repeat(64));
            Files.createDirectories(removing);
            Path stuck = Files.writeString(removing.resolve("stuck"), "x");
            try (Fd fd = dev.aquifer.node.linux.Files.open(stuck, Open.READ)) {
                int flags = Metadata.flags(fd);
                Metadata.setFlags(fd, flags | APPEND_ONLY);
                begin();
                assertThat(acquire(ONE)).isEqualTo(ready);
                Metadata.setFlags(fd, flags);
            }
        }

        @Test
        void aVolumeOfWhichTheCacheHasNothingIsNotTakenUp() throws IOException {
            program.close();
            published.add(new PublishedVolume(attributes(TWO), KEY));
            published.add(new PublishedVolume(attributes(ONE), "no key"));
            begin();
            acquire(ONE);
            assertThat(client.status().getJsonArray("datasets")).hasSize(1);
        }
    }

    @Nested
    class AScrub {
        private static final int FLIPPED = 1_500_000;

        @Test
        void replacesAFileThatHasRottedInEverySnapshotThatShowsIt() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            FakeSource next = source.copy().file("d/new", "new");
            origin.serve(next);
            list(entry(ONE, 20, false));
            await().atMost(LONG)
                    .until(() -> acquire(ONE).snapshot().equals(next.id().hex()));
            flip(tree(old).resolve("a"));
            scrub();
            await().atMost(LONG)
                    .until(() -> registry.counter("aquifer.node.scrub.mended").count() > 0);
            for (LinkAnswer.Ready each : List.of(old, acquire(ONE))) {
                assertThat(tree(each).resolve("a"))
                        .hasBinaryContent(source.require("a").content());
                assertThat(Files.getAttribute(tree(each).resolve("a"), "unix:uid"))
                        .isEqualTo(1001);
            }
            assertThat(client.condition(old.directory()).damaged()).isFalse();
        }

        @Test
        void marksTheSnapshotWhoseSourceHasMovedOn() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            FakeSource next = source.copy().random("a", 100_000);
            origin.serve(next);
            flip(tree(old).resolve("a"));
            mount(old);
            scrub();
            await().atMost(LONG).until(() -> client.condition(old.directory()).damaged());
            assertThat(client.condition(old.directory()).message()).contains("a has rotted");
            assertThat(acquire(ONE).snapshot()).isEqualTo(next.id().hex());
        }

        @Test
        void mendsADamagedSnapshotOnceItsSourceCanBeReadAgain() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            damageWhatTheOriginCannotRead(old);
            origin.unreadable.clear();
            origin.chunkBytes.set(0);
            scrub();
            await().atMost(LONG).until(() -> !client.condition(old.directory()).damaged());
            assertThat(acquire(ONE)).isEqualTo(old);
            assertThat(tree(old).resolve("a"))
                    .hasBinaryContent(source.require("a").content());
            assertThat(origin.chunkBytes.get()).isLessThan(source.bytes());
        }

        @Test
        void letsADamagedSnapshotThatIsStillTheNewestGoOnceItIsUnmounted() throws IOException {
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            damageWhatTheOriginCannotRead(old);
            assertThat(ask(ONE, LONG))
                    .isInstanceOfSatisfying(
                            LinkAnswer.Refused.class,
                            refused -> assertThat(refused.message()).contains("damaged", "fetched again"));
            assertThat(tree(old)).exists();
            mounted.clear();
            await().atMost(LONG).until(() -> !Files.exists(tree(old)));
            origin.unreadable.clear();
            await().atMost(LONG).until(() -> ask(ONE, LONG) instanceof LinkAnswer.Ready);
            assertThat(tree(old).resolve("a"))
                    .hasBinaryContent(source.require("a").content());
        }

        @Test
        void writesADigestThatHasRottedAnew() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            Path digests = folder.resolve("cache/datasets/" + ONE + "/digests").resolve(ready.snapshot());
            byte[] right = Files.readAllBytes(digests);
            byte[] rotten = right.clone();
            rotten[0] ^= 1;
            Files.write(digests, rotten);
            scrub();
            await().atMost(LONG).untilAsserted(() -> assertThat(digests).hasBinaryContent(right));
            assertThat(client.condition(ready.directory()).damaged()).isFalse();
        }

        @Test
        void readsWhatHasLostItsDigestsTooAndBelievesTheOrigin() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            Path digests = folder.resolve("cache/datasets/" + ONE + "/digests/" + ready.snapshot());
            byte[] right = Files.readAllBytes(digests);
            Files.write(digests, new byte[right.length]);
            flip(tree(ready).resolve("a"));
            scrub();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(tree(ready).resolve("a"))
                            .hasBinaryContent(source.require("a").content()));
            await().atMost(LONG).untilAsserted(() -> assertThat(digests).hasBinaryContent(right));
        }

        @Test
        void fetchesARecordThatIsLostAgain() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            String hex = source.root().content().hex();
            Path record = folder.resolve("cache/datasets/" + ONE + "/records")
                    .resolve(hex.substring(0, 2))
                    .resolve(hex.substring(2));
            byte[] right = Files.readAllBytes(record);
            Files.write(record, new byte[right.length]);
            scrub();
            await().atMost(LONG).untilAsserted(() -> assertThat(record).hasBinaryContent(right));
            assertThat(client.condition(ready.directory()).damaged()).isFalse();
        }

        /** Of each snapshot, what stands before the lost record in the listing can still be read and mended. */
        @Test
        void readsAndMendsWhatItCanOfEachSnapshotThatLostARecordForGood() throws IOException {
            source.random("x", 2_000_000);
            LinkAnswer.Ready old = acquire(ONE);
            mount(old);
            FakeSource next = source.copy().remove("x").random("y", 2_000_000).file("d/new", "new");
            origin.serve(next);
            list(entry(ONE, 20, false));
            await().atMost(LONG)
                    .until(() -> acquire(ONE).snapshot().equals(next.id().hex()));
            LinkAnswer.Ready current = acquire(ONE);
            loseRecordsBut(Set.of(
                    source.id().hex(),
                    source.root().content().hex(),
                    next.id().hex(),
                    next.root().content().hex()));
            origin.serve(next.copy().put("x", source.require("x")).file("d/newer", "newer"));
            flip(tree(old).resolve("x"));
            flip(tree(current).resolve("y"));
            list();
            scrub();
            for (FakeSource each : List.of(source, next)) {
                String name = each == next ? "y" : "x";
                Path tree = tree(each == next ? current : old);
                await().atMost(LONG)
                        .ignoreExceptions()
                        .untilAsserted(() -> assertThat(tree.resolve(name))
                                .hasBinaryContent(each.require(name).content()));
            }
            await().atMost(LONG).until(() -> client.condition(old.directory()).damaged());
            assertThat(client.condition(old.directory()).message()).contains("listing");
        }

        @Test
        void mendsTheOthersThoughOneFileCannotBeMendedYet() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            mount(ready);
            flip(tree(ready).resolve("a"));
            flip(tree(ready).resolve("d/b"), 500_000);
            origin.flipped.put("a", Integer.MAX_VALUE);
            scrub();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(tree(ready).resolve("d/b"))
                            .hasBinaryContent(source.require("d/b").content()));
            origin.flipped.clear();
            await().atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(tree(ready).resolve("a"))
                            .hasBinaryContent(source.require("a").content()));
        }

        private void loseRecordsBut(Set<String> kept) throws IOException {
            Path records = folder.resolve("cache/datasets/" + ONE + "/records");
            try (Stream<Path> files = Files.walk(records)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path name = records.relativize(file);
                    if (!kept.contains(name.toString().replace("/", ""))) {
                        Files.delete(file);
                    }
                }
            }
        }

        @Test
        void clearsAwayAtTheStartWhatAKillLeftOfAMend() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            Path mending = Files.createDirectories(folder.resolve("cache/datasets/" + ONE + "/mending"));
            Files.writeString(mending.resolve("second"), "half");
            ScratchCache.unlock(tree(ready).resolve("a"));
            Files.createLink(mending.resolve("mended"), tree(ready).resolve("a"));
            program.close();
            begin();
            await().atMost(LONG).untilAsserted(() -> assertThat(mending).isEmptyDirectory());
            assertThatThrownBy(() -> Files.delete(tree(ready).resolve("a"))).hasMessageContaining("not permitted");
        }

        private void damageWhatTheOriginCannotRead(LinkAnswer.Ready ready) throws IOException {
            origin.unreadable.add("a");
            flip(tree(ready).resolve("a"));
            scrub();
            await().atMost(LONG).until(() -> client.condition(ready.directory()).damaged());
        }

        /** By a process that begins anew while pods have the volume. */
        private void scrub() throws IOException {
            program.close();
            scrubRate = 1L << 30;
            published.add(new PublishedVolume(attributes(ONE), KEY));
            begin();
        }

        private void flip(Path file) throws IOException {
            flip(file, FLIPPED);
        }

        private void flip(Path file, long at) throws IOException {
            ScratchCache.unlock(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(new byte[16]), at);
                channel.force(true);
            }
        }
    }

    @Nested
    class TheReport {
        @Test
        void saysWhatIsServedAndThatTheOriginIsGone() throws IOException {
            acquire(ONE);
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(reported(ONE).getString("snapshot"))
                            .isEqualTo(source.id().hex()));
            assertThat(reported(ONE).getString("state")).isEqualTo("ready");
            assertThat(reported(ONE).getString("takenAt")).isEqualTo(Instant.EPOCH.toString());

            origins.origins.clear();
            list(entry(ONE, 20, false));

            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(reported(ONE).getString("originGoneSince"))
                            .isNotNull());
            assertThat(registry.get("aquifer.node.origins.gone").gauge().value())
                    .isEqualTo(1);
        }

        @Test
        void saysWhatAnOriginComplainsOfAndHasLeftOut() throws IOException {
            LeftOut hidden = new LeftOut(LeftOutReason.UNREADABLE, 7, List.of(DatasetPath.parse("x")));
            origin.answer(new SnapshotAnswer.Refused("let the origin read 'x'", List.of(hidden)));
            ask(ONE, LONG);
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(reported(ONE).getString("state")).isEqualTo("refused"));
            assertThat(reported(ONE).getJsonObject("refused").getString("message"))
                    .isEqualTo("let the origin read 'x'");
            assertThat(reported(ONE).getJsonArray("leftOut").getJsonObject(0).getInteger("count"))
                    .isEqualTo(7);
        }

        private JsonObject reported(DatasetId id) {
            JsonArray all = new JsonObject(reports.getLast()).getJsonArray("datasets");
            assertThat(all).hasSize(1);
            assertThat(all.getJsonObject(0).getString("id")).isEqualTo(id.value());
            return all.getJsonObject(0);
        }
    }

    @Nested
    class Questions {
        @Test
        void areAnsweredAboutASnapshot() throws IOException {
            LinkAnswer.Condition condition = client.condition(acquire(ONE).directory());
            assertThat(condition)
                    .isEqualTo(new LinkAnswer.Condition(
                            false, "snapshot " + source.id() + " of climate-data/ref", 4, 3_000_000));
        }

        @Test
        void areAnsweredAboutEverything() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            mount(ready);
            mount(ready);
            JsonObject snapshot = dataset(ONE).getJsonArray("snapshots").getJsonObject(0);
            assertThat(snapshot.getString("id")).isEqualTo(source.id().hex());
            assertThat(snapshot.getLong("bytes")).isEqualTo(source.bytes());
            assertThat(snapshot.getInteger("mounts")).isEqualTo(2);
            assertThat(Instant.parse(snapshot.getString("lastMounted")))
                    .isAfter(Instant.now().minusSeconds(60));
        }

        @Test
        void areAnsweredAboutASnapshotWhoseListingIsLostToo() throws IOException {
            LinkAnswer.Ready ready = acquire(ONE);
            mount(ready);
            String root = ready.snapshot();
            Files.delete(folder.resolve(
                    "cache/datasets/%s/records/%s/%s".formatted(ONE.value(), root.substring(0, 2), root.substring(2))));
            JsonObject snapshot = dataset(ONE).getJsonArray("snapshots").getJsonObject(0);
            assertThat(snapshot.getString("id")).isEqualTo(root);
            assertThat(snapshot.getString("damaged")).isEqualTo("the listing record " + root + " is missing");
            assertThat(snapshot.containsKey("bytes")).isFalse();
            assertThat(snapshot.getInteger("mounts")).isEqualTo(1);
        }

        @Test
        void showNoTenantInTheMetrics() throws IOException {
            acquire(ONE);
            client.published("OK", Duration.ofMillis(80));
            client.published("climate-anna", Duration.ofMillis(80));
            registry.getMeters()
                    .forEach(meter -> assertThat(meter.getId().toString()).doesNotContain("climate", ONE.value()));
            assertThat(registry.get("aquifer.node.publish")
                            .tag("outcome", "OK")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    private JsonObject dataset(DatasetId id) throws IOException {
        JsonArray all = client.status().getJsonArray("datasets");
        for (int i = 0; i < all.size(); i++) {
            if (all.getJsonObject(i).getString("id").equals(id.value())) {
                return all.getJsonObject(i);
            }
        }
        throw new AssertionError("no dataset " + id + " in " + all);
    }

    private void list(JsonObject... entries) throws IOException {
        list(1, entries);
    }

    /** Writes the first of so many files. */
    private void list(int files, JsonObject... entries) throws IOException {
        Files.createDirectories(folder.resolve("datasets"));
        Files.writeString(
                folder.resolve("datasets/datasets-0.json"),
                new JsonObject()
                        .put("files", files)
                        .put("datasets", new JsonArray(List.of(entries)))
                        .encode());
    }

    private static JsonObject entry(DatasetId id, int refresh, boolean prefetch, String... mountPoints) {
        return new JsonObject()
                .put("id", id.value())
                .put("sharedVolume", "climate-data/ref")
                .put("origin", "aquifer://origin/climate-data/aquifer-origin-ref")
                .put("originAddress", "aquifer-origin-ref.climate-data.svc:8443")
                .put("mountPoints", new JsonArray(List.of(mountPoints)))
                .put("refreshSeconds", refresh)
                .put("prefetch", prefetch);
    }

    private LinkAnswer.Ready acquire(DatasetId id) throws IOException {
        LinkAnswer answer = ask(id, LONG);
        assertThat(answer).isInstanceOf(LinkAnswer.Ready.class);
        return (LinkAnswer.Ready) answer;
    }

    private LinkAnswer ask(DatasetId id, Duration timeout) throws IOException {
        try (Acquisition acquisition = client.acquire(attributes(id), KEY, "/pods/" + id, timeout)) {
            return acquisition.answer();
        }
    }

    private static boolean isProtected(Path path) {
        try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
            return new Protection(false).isSet(fd);
        } catch (LinuxException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static VolumeAttributes attributes(DatasetId id) {
        return new VolumeAttributes(
                "climate-anna",
                id.value(),
                "climate-data/ref",
                "aquifer://origin/climate-data/aquifer-origin-ref",
                "aquifer-origin-ref.climate-data.svc:8443");
    }

    /** The snapshot on the disk. */
    private Path tree(LinkAnswer.Ready ready) {
        return folder.resolve("cache").resolve(ready.directory());
    }

    private void mount(LinkAnswer.Ready ready) throws IOException {
        try (Fd root = dev.aquifer.node.linux.Files.openRoot(tree(ready))) {
            Stat stat = Metadata.stat(root);
            mounted.add(new MountedRoot(stat.device().major(), stat.device().minor(), stat.inode()));
        }
    }
}
