package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.aquifer.node.csi.proto.Csi.CreateVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.DeleteVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.ValidateVolumeCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import dev.aquifer.node.csi.proto.Registration.RegistrationStatus;
import dev.aquifer.node.csi.proto.Registration.RegistrationStatusResponse;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.mount.Mounter;
import dev.aquifer.node.mount.ShownRoot;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetPath;
import dev.aquifer.node.mount.TargetState;
import dev.aquifer.node.testing.Mutations;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The way of a request from its bytes to what it may do, with bytes that no kubelet sends. */
final class RpcFuzzTest {
    private static final List<byte[]> SEEDS = List.of(
            Requests.publish("1").build().toByteArray(),
            Requests.publish("2")
                    .putVolumeContext("aquifer.dev/tenant", "team-b")
                    .build()
                    .toByteArray(),
            Requests.publish("3").setTargetPath("/var/lib/kubelet/../x").build().toByteArray(),
            Requests.publish("é").setReadonly(true).build().toByteArray());

    private static final int OTHERS = 6;

    private static final Rpc<NodePublishVolumeRequest, NodePublishVolumeResponse> PUBLISH =
            new Rpc<>("csi.v1.Node/NodePublishVolume", NodePublishVolumeRequest.parser(), (request, left) -> {
                assertHarmless(Publication.parse(request, Requests.KUBELET));
                return NodePublishVolumeResponse.getDefaultInstance();
            });

    @Test
    void leadsToAGrantThatIsHarmlessOrToARefusal() throws InterruptedException {
        int granted = 0;
        int refused = 0;
        for (byte[] input : (Iterable<byte[]>) Mutations.of(1, SEEDS)::iterator) {
            try {
                PUBLISH.answer(input, Rpc.FOREVER);
                granted++;
            } catch (CsiException e) {
                assertThat(e.code()).isIn(GrpcStatus.INVALID_ARGUMENT, GrpcStatus.PERMISSION_DENIED);
                refused++;
            }
        }
        assertThat(granted).isPositive();
        assertThat(refused).isGreaterThan(granted);
    }

    @ParameterizedTest
    @MethodSource("others")
    void leadsInOtherMethodsToWhatIsHarmlessOrToARefusal(Other method) throws InterruptedException {
        int passed = 0;
        int refused = 0;
        for (byte[] input : (Iterable<byte[]>) Mutations.share(OTHERS, 2, method.seeds)::iterator) {
            if (passes(method.rpc, input)) {
                passed++;
            } else {
                refused++;
            }
        }
        assertThat(passed).isPositive();
        assertThat(refused).isPositive();
    }

    /** Whether it was answered, or would be if the process were there that fetches. */
    private static boolean passes(Rpc<?, ?> method, byte[] input) throws InterruptedException {
        try {
            method.answer(input, Rpc.FOREVER);
            return true;
        } catch (CsiException e) {
            assertThat(e.code()).isIn(GrpcStatus.INVALID_ARGUMENT, GrpcStatus.NOT_FOUND, GrpcStatus.UNAVAILABLE);
            return e.code() == GrpcStatus.UNAVAILABLE;
        }
    }

    /** All besides publish whose requests have fields. */
    static Stream<Other> others() {
        LinkClient nobody = new LinkClient(Path.of("target", "nobody.sock"));
        Mounter mounter = new ShowingMounter();
        List<Rpc<?, ?>> node = new NodeService(
                        Requests.KUBELET,
                        "node-1",
                        new Publisher(mounter, nobody, new PublishedVolumes()),
                        new Statistics(Requests.KUBELET, mounter, nobody),
                        nobody)
                .methods();
        List<Rpc<?, ?>> controller = new ControllerService(nobody).methods();
        return Stream.of(
                Other.of(
                        node,
                        "NodeUnpublishVolume",
                        NodeUnpublishVolumeRequest.newBuilder()
                                .setVolumeId("aquifer-ref")
                                .setTargetPath(Requests.target("1")),
                        NodeUnpublishVolumeRequest.newBuilder()
                                .setVolumeId("é")
                                .setTargetPath("/var/lib/kubelet/../x")),
                Other.of(
                        node,
                        "NodeGetVolumeStats",
                        NodeGetVolumeStatsRequest.newBuilder()
                                .setVolumeId("aquifer-ref")
                                .setVolumePath(Requests.target("1")),
                        NodeGetVolumeStatsRequest.newBuilder().setVolumeId("é").setVolumePath("/var/lib/kubelet/../x")),
                Other.of(
                        controller,
                        "CreateVolume",
                        CreateVolumeRequest.newBuilder()
                                .setName("v")
                                .addVolumeCapabilities(fileSystem())
                                .putAllParameters(Requests.attributes()),
                        CreateVolumeRequest.newBuilder()
                                .setName("é")
                                .setVolumeContentSource(CreateVolumeRequest.ContentSource.getDefaultInstance())),
                Other.of(
                        controller,
                        "DeleteVolume",
                        DeleteVolumeRequest.newBuilder().setVolumeId("anything")),
                Other.of(
                        controller,
                        "ValidateVolumeCapabilities",
                        ValidateVolumeCapabilitiesRequest.newBuilder()
                                .setVolumeId("aquifer/%1$s/%1$s".formatted(Requests.DATASET))
                                .addVolumeCapabilities(fileSystem())
                                .putAllVolumeContext(Requests.attributes()),
                        ValidateVolumeCapabilitiesRequest.newBuilder()
                                .setVolumeId("é")
                                .addVolumeCapabilities(VolumeCapability.newBuilder()
                                        .setBlock(VolumeCapability.BlockVolume.getDefaultInstance()))),
                // without what it does, which is to log
                Other.of(
                        List.of(new Rpc<>(
                                "pluginregistration.Registration/NotifyRegistrationStatus",
                                RegistrationStatus.parser(),
                                (status, left) -> RegistrationStatusResponse.getDefaultInstance())),
                        "NotifyRegistrationStatus",
                        RegistrationStatus.newBuilder().setPluginRegistered(true),
                        RegistrationStatus.newBuilder().setError("é is not there")));
    }

    private static VolumeCapability fileSystem() {
        return VolumeCapability.newBuilder()
                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                .build();
    }

    /** A method, and requests to it as kubelet makes them, or nearly. */
    record Other(Rpc<?, ?> rpc, List<byte[]> seeds) {
        static Other of(List<Rpc<?, ?>> methods, String name, Message.Builder... seeds) {
            return new Other(
                    methods.stream()
                            .filter(method -> method.path().endsWith("/" + name))
                            .findFirst()
                            .orElseThrow(),
                    Stream.of(seeds).map(seed -> seed.build().toByteArray()).toList());
        }

        @Override
        public String toString() {
            return rpc.path();
        }
    }

    /** Shows a snapshot at every target that may be one. */
    private static final class ShowingMounter implements Mounter {
        @Override
        public TargetState state(TargetPath target) {
            assertHarmless(target);
            return new TargetState.Shows(SnapshotDirectory.parse(Requests.snapshot("a")));
        }

        @Override
        public @Nullable SnapshotDirectory unmount(TargetPath target) {
            assertHarmless(target);
            return null;
        }

        @Override
        public void mount(SnapshotDirectory snapshot, TargetPath target) {
            throw new AssertionError("expected no mount, found one of %s at %s".formatted(snapshot, target));
        }

        @Override
        public List<ShownRoot> shown() {
            return List.of();
        }
    }

    private static void assertHarmless(Publication granted) {
        assertHarmless(granted.target());
        assertThat(granted.pod()).startsWith(granted.attributes().tenant() + "/");
        assertThat(granted.toString()).doesNotContain(granted.key());
    }

    private static void assertHarmless(TargetPath target) {
        // a path of Java's holds only what the language of the process can write
        String plain = target.toString().replaceAll("\\P{ASCII}", "x");
        assertThat(Path.of(plain).normalize()).hasToString(plain);
        assertThat(target.toString()).startsWith(Requests.KUBELET + "/");
    }
}
