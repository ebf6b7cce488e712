package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.csi.CsiClient.Answer;
import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsRequest;
import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsResponse;
import dev.aquifer.node.csi.proto.Csi.VolumeUsage;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetState;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatisticsTest {
    private static final String TARGET = Requests.target("1");

    @TempDir
    Path folder;

    private CsiCase node;

    @BeforeEach
    void start() throws Exception {
        node = new CsiCase(folder, false);
        node.mounter.set(TARGET, new TargetState.Shows(SnapshotDirectory.parse(Requests.snapshot("a"))));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void areThoseOfTheSnapshotAndSayWhichItIs() {
        node.fetch.answers(new LinkAnswer.Condition(false, "complete", 12, 3_400_000_000L));

        NodeGetVolumeStatsResponse stats = ask("v", TARGET).as(NodeGetVolumeStatsResponse.parser());

        assertThat(stats.getUsageList())
                .containsExactly(usage(VolumeUsage.Unit.BYTES, 3_400_000_000L), usage(VolumeUsage.Unit.INODES, 12));
        assertThat(stats.getVolumeCondition().getAbnormal()).isFalse();
        assertThat(stats.getVolumeCondition().getMessage())
                .isEqualTo("snapshot %s: complete".formatted("a".repeat(64)));
        assertThat(node.fetch.asked(LinkRequest.Condition.class))
                .containsExactly(new LinkRequest.Condition(Requests.snapshot("a")));
    }

    @Test
    void sayThatASnapshotIsDamaged() {
        node.fetch.answers(new LinkAnswer.Condition(true, "2 files have rotted", 12, 34));

        var condition = ask("v", TARGET).as(NodeGetVolumeStatsResponse.parser()).getVolumeCondition();

        assertThat(condition.getAbnormal()).isTrue();
        assertThat(condition.getMessage()).contains("2 files have rotted");
    }

    @ParameterizedTest
    @CsvSource({
        "'', some/path, INVALID_ARGUMENT",
        "v, '', INVALID_ARGUMENT",
        "v, some/path, NOT_FOUND",
        "v, /var/lib/kubelet/pods/2/mount, NOT_FOUND",
    })
    void areNotThereWithoutAVolume(String volume, String path, GrpcStatus code) {
        assertThat(ask(volume, path).code()).isEqualTo(code);
    }

    @Test
    void waitForTheOtherProcess() throws Exception {
        node.fetch.answers(new LinkAnswer.Refused(RefusalCode.NOT_FOUND, "no such snapshot"));
        assertThat(ask("v", TARGET).message()).contains("no such snapshot");

        node.endFetch();
        assertThat(ask("v", TARGET).code()).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    private Answer ask(String volume, String path) {
        return node.kubelet.call(
                "csi.v1.Node/NodeGetVolumeStats",
                NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(volume)
                        .setVolumePath(path)
                        .build());
    }

    private static VolumeUsage usage(VolumeUsage.Unit unit, long amount) {
        return VolumeUsage.newBuilder()
                .setUnit(unit)
                .setUsed(amount)
                .setTotal(amount)
                .build();
    }
}
