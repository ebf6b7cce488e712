package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsRequest;
import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsResponse;
import dev.aquifer.node.csi.proto.Csi.VolumeCondition;
import dev.aquifer.node.csi.proto.Csi.VolumeUsage;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.mount.Mounter;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetPath;
import dev.aquifer.node.mount.TargetState;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.time.Duration;

/** How large the snapshot at a target is, which one it is, and whether it is sound. */
final class Statistics {
    private final String kubelet;
    private final Mounter mounter;
    private final LinkClient link;

    Statistics(String kubelet, Mounter mounter, LinkClient link) {
        this.kubelet = kubelet;
        this.mounter = mounter;
        this.link = link;
    }

    NodeGetVolumeStatsResponse answer(NodeGetVolumeStatsRequest request, Duration left) throws CsiException {
        CsiException.required("volume_id", request.getVolumeId());
        SnapshotDirectory snapshot = shown(CsiException.required("volume_path", request.getVolumePath()));
        try {
            return answer(snapshot, link.condition(snapshot.toString()));
        } catch (IOException e) {
            throw new CsiException(GrpcStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private SnapshotDirectory shown(String path) throws CsiException {
        TargetState state;
        try {
            state = mounter.state(TargetPath.parse(path, kubelet));
        } catch (IllegalArgumentException e) {
            throw new CsiException(GrpcStatus.NOT_FOUND, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new CsiException(GrpcStatus.INTERNAL, String.valueOf(e.getMessage()), e);
        }
        return switch (state) {
            case TargetState.Shows shows -> shows.snapshot();
            case TargetState.Stale stale -> stale.snapshot();
            case TargetState.Absent _, TargetState.Plain _, TargetState.Foreign _ ->
                throw new CsiException(
                        GrpcStatus.NOT_FOUND, "expected a snapshot to be mounted at %s, found none".formatted(path));
        };
    }

    /** All of it is used and nothing is left, as of anything that cannot be written. */
    private static NodeGetVolumeStatsResponse answer(SnapshotDirectory snapshot, LinkAnswer.Condition condition) {
        return NodeGetVolumeStatsResponse.newBuilder()
                .addUsage(usage(VolumeUsage.Unit.BYTES, condition.bytes()))
                .addUsage(usage(VolumeUsage.Unit.INODES, condition.files()))
                .setVolumeCondition(VolumeCondition.newBuilder()
                        .setAbnormal(condition.damaged())
                        .setMessage("snapshot %s: %s".formatted(snapshot.snapshot(), condition.message())))
                .build();
    }

    private static VolumeUsage usage(VolumeUsage.Unit unit, long amount) {
        return VolumeUsage.newBuilder()
                .setUnit(unit)
                .setTotal(amount)
                .setUsed(amount)
                .build();
    }
}
