package dev.aquifer.node.csi;

import com.google.protobuf.BoolValue;
import dev.aquifer.node.csi.proto.Csi.GetPluginCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.GetPluginCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.GetPluginInfoRequest;
import dev.aquifer.node.csi.proto.Csi.GetPluginInfoResponse;
import dev.aquifer.node.csi.proto.Csi.PluginCapability;
import dev.aquifer.node.csi.proto.Csi.ProbeRequest;
import dev.aquifer.node.csi.proto.Csi.ProbeResponse;
import java.util.List;

/** The service {@code csi.v1.Identity}: who this is and what it can do. */
final class IdentityService {
    private final String version;
    private final boolean controller;

    /** @param controller whether the controller service is offered too */
    IdentityService(String version, boolean controller) {
        this.version = version;
        this.controller = controller;
    }

    List<Rpc<?, ?>> methods() {
        return List.of(
                new Rpc<>("csi.v1.Identity/GetPluginInfo", GetPluginInfoRequest.parser(), (request, left) -> info()),
                new Rpc<>(
                        "csi.v1.Identity/GetPluginCapabilities",
                        GetPluginCapabilitiesRequest.parser(),
                        (request, left) -> capabilities()),
                new Rpc<>("csi.v1.Identity/Probe", ProbeRequest.parser(), (request, left) -> ready()));
    }

    private GetPluginInfoResponse info() {
        return GetPluginInfoResponse.newBuilder()
                .setName(Driver.NAME)
                .setVendorVersion(version)
                .build();
    }

    private GetPluginCapabilitiesResponse capabilities() {
        GetPluginCapabilitiesResponse.Builder answer = GetPluginCapabilitiesResponse.newBuilder();
        if (controller) {
            answer.addCapabilities(PluginCapability.newBuilder()
                    .setService(PluginCapability.Service.newBuilder()
                            .setType(PluginCapability.Service.Type.CONTROLLER_SERVICE)));
        }
        return answer.build();
    }

    private static ProbeResponse ready() {
        return ProbeResponse.newBuilder().setReady(BoolValue.of(true)).build();
    }
}
