package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeResponse;
import dev.aquifer.node.mount.TargetPath;
import dev.aquifer.node.testing.Mutations;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static void assertHarmless(Publication granted) {
        TargetPath target = granted.target();
        // a path of Java's holds only what the language of the process can write
        String plain = target.toString().replaceAll("\\P{ASCII}", "x");
        assertThat(Path.of(plain).normalize()).hasToString(plain);
        assertThat(target.toString()).startsWith(Requests.KUBELET + "/");
        assertThat(granted.pod()).startsWith(granted.attributes().tenant() + "/");
        assertThat(granted.toString()).doesNotContain(granted.key());
    }
}
