package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.mount.TargetState;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls for a few targets in any order, at once and cut off: the last one decides, and none is done twice. */
final class ConvergenceTest {
    private static final int CALLS = 600;
    private static final List<String> PODS = List.of("1", "2", "3");

    @TempDir
    Path folder;

    @Test
    void theLastCallDecidesWhateverWentBefore() throws Exception {
        CsiCase node = new CsiCase(folder, false);
        try {
            node.fetch.fills(acquire -> {
                Thread.sleep(Duration.ofMillis(acquire.target().hashCode() % 3 + 3));
                return new LinkAnswer.Ready(Requests.snapshot("a"), "a".repeat(64));
            });
            Random random = new Random(5);
            List<Future<CsiClient.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(call(node, PODS.get(random.nextInt(PODS.size())), random.nextBoolean()));
            }
            for (Future<CsiClient.Answer> call : calls) {
                assertThat(CsiClient.await(call).code()).isIn(GrpcStatus.OK, GrpcStatus.ABORTED);
            }

            for (String pod : PODS) {
                assertThat(CsiClient.await(call(node, pod, true)).code()).isEqualTo(GrpcStatus.OK);
                assertThat(node.mounter.at(Requests.target(pod))).isInstanceOf(TargetState.Shows.class);
                assertThat(CsiClient.await(call(node, pod, false)).code()).isEqualTo(GrpcStatus.OK);
                assertThat(node.mounter.at(Requests.target(pod))).isInstanceOf(TargetState.Absent.class);
            }
        } finally {
            node.close();
        }
    }

    private static Future<CsiClient.Answer> call(CsiCase node, String pod, boolean publish) {
        if (publish) {
            return node.kubelet.start(
                    "csi.v1.Node/NodePublishVolume",
                    Requests.publish(pod).build().toByteArray(),
                    null);
        }
        byte[] request = NodeUnpublishVolumeRequest.newBuilder()
                .setVolumeId("aquifer-ref")
                .setTargetPath(Requests.target(pod))
                .build()
                .toByteArray();
        return node.kubelet.start("csi.v1.Node/NodeUnpublishVolume", request, null);
    }
}
