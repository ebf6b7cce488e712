package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Csi.NodeGetCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.NodeGetCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.NodeGetInfoRequest;
import dev.aquifer.node.csi.proto.Csi.NodeGetInfoResponse;
import dev.aquifer.node.csi.proto.Csi.NodeGetVolumeStatsRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.NodeServiceCapability;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeResponse;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.mount.TargetPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code csi.v1.Node}: datasets appear in pods, read-only whatever is asked, and go away. */
final class NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(NodeService.class);

    private final String kubelet;
    private final String node;
    private final Publisher publisher;
    private final Statistics statistics;
    private final LinkClient link;

    /** @param kubelet the folder that all targets are below */
    NodeService(String kubelet, String node, Publisher publisher, Statistics statistics, LinkClient link) {
        this.kubelet = kubelet;
        this.node = node;
        this.publisher = publisher;
        this.statistics = statistics;
        this.link = link;
    }

    List<Rpc<?, ?>> methods() {
        return List.of(
                new Rpc<>("csi.v1.Node/NodePublishVolume", NodePublishVolumeRequest.parser(), this::publish),
                new Rpc<>("csi.v1.Node/NodeUnpublishVolume", NodeUnpublishVolumeRequest.parser(), this::unpublish),
                new Rpc<>("csi.v1.Node/NodeGetVolumeStats", NodeGetVolumeStatsRequest.parser(), statistics::answer),
                new Rpc<>(
                        "csi.v1.Node/NodeGetCapabilities",
                        NodeGetCapabilitiesRequest.parser(),
                        (request, left) -> capabilities()),
                new Rpc<>("csi.v1.Node/NodeGetInfo", NodeGetInfoRequest.parser(), (request, left) -> info()));
    }

    private NodePublishVolumeResponse publish(NodePublishVolumeRequest request, Duration left)
            throws CsiException, InterruptedException {
        long started = System.nanoTime();
        String outcome = "OK";
        try {
            publisher.publish(Publication.parse(request, kubelet), Hold.within(left));
            return NodePublishVolumeResponse.getDefaultInstance();
        } catch (CsiException e) {
            outcome = e.code().name();
            throw e;
        } catch (InterruptedException e) {
            outcome = "CANCELLED";
            throw e;
        } finally {
            report(outcome, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    /** The other process counts, since it is the one that has a port for metrics. */
    private void report(String outcome, Duration took) {
        try {
            link.published(outcome, took);
        } catch (IOException e) {
            LOG.debug("event=report-failed error=\"{}\"", e.getMessage());
        }
    }

    private NodeUnpublishVolumeResponse unpublish(NodeUnpublishVolumeRequest request, Duration left)
            throws CsiException, InterruptedException {
        CsiException.required("volume_id", request.getVolumeId());
        publisher.unpublish(target(CsiException.required("target_path", request.getTargetPath())));
        return NodeUnpublishVolumeResponse.getDefaultInstance();
    }

    private TargetPath target(String path) throws CsiException {
        try {
            return TargetPath.parse(path, kubelet);
        } catch (IllegalArgumentException e) {
            throw CsiException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static NodeGetCapabilitiesResponse capabilities() {
        return NodeGetCapabilitiesResponse.newBuilder()
                .addCapabilities(capability(NodeServiceCapability.RPC.Type.GET_VOLUME_STATS))
                .addCapabilities(capability(NodeServiceCapability.RPC.Type.VOLUME_CONDITION))
                .build();
    }

    private static NodeServiceCapability capability(NodeServiceCapability.RPC.Type type) {
        return NodeServiceCapability.newBuilder()
                .setRpc(NodeServiceCapability.RPC.newBuilder().setType(type))
                .build();
    }

    private NodeGetInfoResponse info() {
        return NodeGetInfoResponse.newBuilder().setNodeId(node).build();
    }
}
