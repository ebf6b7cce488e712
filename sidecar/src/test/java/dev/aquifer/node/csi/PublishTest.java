package dev.aquifer.node.csi;

import static dev.aquifer.node.csi.Requests.publish;
import static dev.aquifer.node.csi.Requests.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.csi.CsiClient.Answer;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.PublishedVolume;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetState;
import dev.aquifer.node.mount.UnguardedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PublishTest {
    private static final String PUBLISH = "csi.v1.Node/NodePublishVolume";
    private static final String UNPUBLISH = "csi.v1.Node/NodeUnpublishVolume";
    private static final TargetState.Shows SHOWS_A =
            new TargetState.Shows(SnapshotDirectory.parse(Requests.snapshot("a")));

    @TempDir
    Path folder;

    private CsiCase node;

    @BeforeEach
    void start() throws Exception {
        node = new CsiCase(folder, false);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Nested
    final class OfASnapshotThatIsComplete {
        @Test
        void showsItAtTheTarget() {
            assertOk(published("1"));

            assertThat(node.mounter.at(target("1"))).isEqualTo(SHOWS_A);
            assertThat(node.fetch.asked(LinkRequest.Acquire.class))
                    .singleElement()
                    .satisfies(asked -> {
                        assertThat(asked.attributes().dataset()).isEqualTo(Requests.DATASET);
                        assertThat(asked.key()).isEqualTo(Requests.KEY);
                        assertThat(asked.target()).isEqualTo(target("1"));
                    });
            await().until(() -> node.fetch.gone() == 1);
        }

        @Test
        void asksNobodyWhenTheTargetShowsOneAlreadyWhicheverItIs() {
            assertOk(published("1"));
            node.ready("b");
            assertOk(published("1"));

            assertThat(node.mounter.at(target("1"))).isEqualTo(SHOWS_A);
            assertThat(node.mounter.mounts()).isEqualTo(1);
            assertThat(node.fetch.asked(LinkRequest.Acquire.class)).hasSize(1);
        }

        @Test
        void remembersAVolumeOfTheDatasetUntilNoPodHasIt() {
            assertOk(published("1"));
            assertOk(published("2"));
            assertThat(node.volumes.all())
                    .containsExactly(new PublishedVolume(VolumeAttributes.parse(Requests.attributes()), Requests.KEY));

            assertOk(unpublished("1"));
            assertThat(node.volumes.all()).hasSize(1);
            assertOk(unpublished("2"));
            assertThat(node.volumes.all()).isEmpty();
        }

        @Test
        void takesTheNewOneForANewPod() {
            assertOk(published("1"));
            node.ready("b");
            assertOk(published("2"));

            assertThat(node.mounter.at(target("2")))
                    .isEqualTo(new TargetState.Shows(SnapshotDirectory.parse(Requests.snapshot("b"))));
        }

        @Test
        void replacesAMountThatTheCacheHasLost() {
            node.mounter.set(target("1"), new TargetState.Stale(SHOWS_A.snapshot()));

            assertOk(published("1"));
            assertThat(node.mounter.at(target("1"))).isEqualTo(SHOWS_A);
        }

        @Test
        void leavesSomethingElseAtTheTargetAlone() {
            node.mounter.set(target("1"), new TargetState.Foreign("/other"));
            assertRefused(published("1"), GrpcStatus.FAILED_PRECONDITION, "found /other");

            String other = "f".repeat(32);
            node.mounter.set(target("2"), new TargetState.Shows(new SnapshotDirectory(other, "0".repeat(64))));
            assertRefused(published("2"), GrpcStatus.FAILED_PRECONDITION, "found " + other);
        }

        @Test
        void believesNoOneWhoOffersAnotherDatasetOrAnotherFolder() {
            String other = "datasets/" + "f".repeat(32) + "/snapshots/" + "a".repeat(64);
            node.fetch.fills(_ -> new LinkAnswer.Ready(other, "a".repeat(64)));
            assertRefused(published("1"), GrpcStatus.INTERNAL, "was offered " + other);

            node.fetch.fills(_ -> new LinkAnswer.Ready("../../etc", "a".repeat(64)));
            assertRefused(published("1"), GrpcStatus.INTERNAL, "found '../../etc'");
            assertThat(node.mounter.mounts()).isZero();
        }

        @Test
        void saysWhatToDoIfItsFilesCouldBeChanged() {
            node.mounter.failWith(new UnguardedException(new IOException("mount: EINVAL")));

            assertRefused(published("1"), GrpcStatus.FAILED_PRECONDITION, "readPath: Direct");
        }

        @Test
        void canBeTriedAgainAfterAFailure() {
            node.mounter.failWith(new IOException("move_mount of descriptor 7: ENOMEM"));
            assertRefused(published("1"), GrpcStatus.INTERNAL, "ENOMEM");

            node.mounter.failWith(null);
            assertOk(published("1"));
        }
    }

    @Nested
    final class OfASnapshotThatIsBeingFilled {
        @Test
        void answersTheMomentTheFillIsDone() {
            CountDownLatch done = new CountDownLatch(1);
            node.fetch.fills(_ -> {
                done.await();
                return new LinkAnswer.Ready(Requests.snapshot("a"), "a".repeat(64));
            });
            Future<Answer> waiting = start("1");
            await().until(() -> !node.fetch.asked(LinkRequest.Acquire.class).isEmpty());
            assertThat(waiting.isComplete()).isFalse();

            done.countDown();

            assertOk(CsiClient.await(waiting));
        }

        @Test
        void saysHowFarItIsWithACodeAfterWhichKubeletAsksAgain() {
            String progress = "dataset climate-data/ref: 34 % of 1.2 GiB, 310 MiB/s, about 3 s left";
            node.fetch.fills(_ -> new LinkAnswer.Filling(progress));

            assertRefused(published("1"), GrpcStatus.ABORTED, progress);
            assertThat(node.mounter.at(target("1"))).isInstanceOf(TargetState.Absent.class);
        }

        @ParameterizedTest
        @CsvSource({"120, 90", "100, 90", "60, 50", "5, 0"})
        void waitsAsLongAsTheDeadlineLeavesRoomForTheAnswer(int deadline, int hold) {
            node.fetch.fills(_ -> new LinkAnswer.Filling("34 %"));
            node.kubelet.call(PUBLISH, publish("1").build(), Duration.ofSeconds(deadline));

            assertThat(node.fetch.asked(LinkRequest.Acquire.class).getFirst().timeout())
                    .isBetween(Duration.ofMillis(Math.max(0, hold * 1000L - 500)), Duration.ofSeconds(hold));
        }

        @Test
        void waitsNinetySecondsForACallerWithoutADeadline() {
            assertOk(published("1"));

            assertThat(node.fetch.asked(LinkRequest.Acquire.class).getFirst().timeout())
                    .isBetween(Duration.ofMillis(89_500), Duration.ofSeconds(90));
        }

        @Test
        void isEndedByAnUnpublishWhichDropsTheInterest() throws Exception {
            node.fetch.fills(_ -> forever());
            Future<Answer> waiting = start("1");
            await().until(() -> !node.fetch.asked(LinkRequest.Acquire.class).isEmpty());

            assertOk(unpublished("1"));

            assertRefused(CsiClient.await(waiting), GrpcStatus.ABORTED, "a newer call");
            assertThat(node.fetch.asked(LinkRequest.Forget.class)).containsExactly(new LinkRequest.Forget(target("1")));
            await().until(() -> node.fetch.gone() == 1);
            assertThat(node.mounter.mounts()).isZero();
        }

        @Test
        void isTakenOverByALaterCallForTheSameTarget() {
            node.fetch.fills(_ -> forever());
            Future<Answer> first = start("1");
            await().until(() -> !node.fetch.asked(LinkRequest.Acquire.class).isEmpty());

            node.ready("a");
            assertOk(published("1"));

            assertRefused(CsiClient.await(first), GrpcStatus.ABORTED, "a newer call");
            assertThat(node.mounter.mounts()).isEqualTo(1);
        }

        @Test
        void isEndedWhenTheCallerGoesAway() {
            node.fetch.fills(_ -> forever());
            node.kubelet.request(PUBLISH, null).onSuccess(request -> {
                request.end(Buffer.buffer(publish("1").build().toByteArray()));
                node.vertx.setTimer(300, _ -> request.cancel());
            });

            await().until(() -> node.fetch.gone() == 1);
            assertOk(unpublished("1"));
        }

        private static LinkAnswer forever() throws InterruptedException {
            new CountDownLatch(1).await();
            throw new AssertionError("never");
        }
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void passesOnWhyADatasetCannotBeHad(RefusalCode code) {
        node.fetch.fills(_ -> new LinkAnswer.Refused(code, "1.2 TiB do not fit into 800 GiB: use Direct"));

        assertRefused(published("1"), GrpcStatus.valueOf(code.name()), "1.2 TiB do not fit");
    }

    @Test
    void isNotFinalWhileTheOtherProcessIsAway() throws Exception {
        node.endFetch();

        Answer answer = node.kubelet.call(PUBLISH, publish("1").build(), Duration.ofSeconds(11));

        assertRefused(answer, GrpcStatus.UNAVAILABLE, "does not listen");
    }

    @Test
    void waitsOnWhereTheOtherProcessGoesAwayAndComesBack() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        node.fetch.fills(_ -> {
            asked.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError("never");
        });
        Future<Answer> answer = node.kubelet.start(PUBLISH, publish("1").build().toByteArray(), Duration.ofSeconds(60));
        asked.await();
        node.endFetch();
        await().during(Duration.ofMillis(500)).until(() -> !answer.isComplete());

        node.ready("b");
        node.startFetch();

        assertOk(CsiClient.await(answer));
        assertThat(node.mounter.mounts()).isEqualTo(1);
    }

    @Test
    void isReportedWithItsOutcome() {
        assertOk(published("1"));
        node.fetch.fills(_ -> new LinkAnswer.Filling("34 %"));
        published("2");

        await().until(() -> node.fetch.asked(LinkRequest.Published.class).size() == 2);
        assertThat(node.fetch.asked(LinkRequest.Published.class))
                .extracting(LinkRequest.Published::outcome)
                .containsExactly("OK", "ABORTED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongRequests")
    void refusesWhatItMustNotGrant(
            String name, UnaryOperator<NodePublishVolumeRequest.Builder> change, GrpcStatus code, String message) {
        Answer answer = node.kubelet.call(PUBLISH, change.apply(publish("1")).build());

        assertRefused(answer, code, message);
        assertThat(answer.message()).doesNotContain(Requests.KEY);
        assertThat(node.fetch.asked(LinkRequest.Acquire.class)).isEmpty();
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong("no volume", r -> r.clearVolumeId(), "volume_id"),
                wrong("no target", r -> r.clearTargetPath(), "target_path"),
                wrong("no capability", r -> r.clearVolumeCapability(), "volume_capability"),
                wrong(
                        "a block volume",
                        r -> r.setVolumeCapability(VolumeCapability.newBuilder()
                                .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())),
                        "found Block"),
                wrong(
                        "an inline volume",
                        r -> r.putVolumeContext("csi.storage.k8s.io/ephemeral", "true"),
                        "found an inline one"),
                wrong("no pod", r -> r.removeVolumeContext("csi.storage.k8s.io/pod.name"), "podInfoOnMount: true"),
                wrong("no pod's uid", r -> r.removeVolumeContext("csi.storage.k8s.io/pod.uid"), "podInfoOnMount"),
                wrong("no key", r -> r.clearSecrets(), "nodePublishSecretRef"),
                wrong("no dataset", r -> r.removeVolumeContext("aquifer.dev/dataset"), "aquifer.dev/dataset"),
                wrong("another format", r -> r.putVolumeContext("aquifer.dev/format", "2"), "aquifer.dev/format"),
                wrong("a target elsewhere", r -> r.setTargetPath("/etc/mount"), "a path below " + Requests.KUBELET),
                wrong("a target that leads out", r -> r.setTargetPath(target("..") + "/../../x"), "'..' parts"),
                Arguments.of(
                        "a pod of another namespace",
                        (UnaryOperator<NodePublishVolumeRequest.Builder>)
                                r -> r.putVolumeContext("csi.storage.k8s.io/pod.namespace", "team-b"),
                        GrpcStatus.PERMISSION_DENIED,
                        "expected a pod in the namespace 'team-a'"));
    }

    private static Arguments wrong(
            String name, UnaryOperator<NodePublishVolumeRequest.Builder> change, String message) {
        return Arguments.of(name, change, GrpcStatus.INVALID_ARGUMENT, message);
    }

    @Nested
    final class Undone {
        @Test
        void leavesNothingAndCanBeDoneAgain() {
            assertOk(published("1"));
            assertOk(unpublished("1"));
            assertOk(unpublished("1"));

            assertThat(node.mounter.at(target("1"))).isInstanceOf(TargetState.Absent.class);
        }

        @Test
        void worksWhileTheOtherProcessIsAway() throws Exception {
            assertOk(published("1"));
            node.endFetch();

            assertOk(unpublished("1"));
        }

        @Test
        void leavesSomethingElseAtTheTargetAlone() {
            node.mounter.set(target("1"), new TargetState.Foreign("/other"));

            assertRefused(unpublished("1"), GrpcStatus.INTERNAL, "something else is mounted");
        }

        @Test
        void isRefusedWithoutAVolumeOrATarget() {
            var request = NodeUnpublishVolumeRequest.newBuilder();
            assertRefused(
                    node.kubelet.call(
                            UNPUBLISH, request.setTargetPath(target("1")).build()),
                    GrpcStatus.INVALID_ARGUMENT,
                    "volume_id");
            assertRefused(
                    node.kubelet.call(
                            UNPUBLISH,
                            request.setVolumeId("v").setTargetPath("").build()),
                    GrpcStatus.INVALID_ARGUMENT,
                    "target_path");
            assertRefused(
                    node.kubelet.call(UNPUBLISH, request.setTargetPath("/etc").build()),
                    GrpcStatus.INVALID_ARGUMENT,
                    "a path below");
        }
    }

    private Answer published(String pod) {
        return CsiClient.await(start(pod));
    }

    private Future<Answer> start(String pod) {
        return node.kubelet.start(PUBLISH, publish(pod).build().toByteArray(), null);
    }

    private Answer unpublished(String pod) {
        return node.kubelet.call(
                UNPUBLISH,
                NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId("aquifer-ref")
                        .setTargetPath(target(pod))
                        .build());
    }

    private static void assertOk(Answer answer) {
        assertThat(answer.code()).as(answer.message()).isEqualTo(GrpcStatus.OK);
    }

    private static void assertRefused(Answer answer, GrpcStatus code, String message) {
        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(message);
    }
}
