package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Csi.ControllerGetCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.ControllerGetCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.ControllerServiceCapability;
import dev.aquifer.node.csi.proto.Csi.CreateVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.CreateVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.DeleteVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.DeleteVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.ValidateVolumeCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.ValidateVolumeCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.Volume;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.VolumeAttributes;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The service {@code csi.v1.Controller}: a volume is a name for a dataset that is there already, so making and deleting
 * one changes nothing. Every access mode is accepted, since a mount is read-only in each.
 */
final class ControllerService {
    private final LinkClient link;

    ControllerService(LinkClient link) {
        this.link = link;
    }

    List<Rpc<?, ?>> methods() {
        return List.of(
                new Rpc<>("csi.v1.Controller/CreateVolume", CreateVolumeRequest.parser(), this::create),
                new Rpc<>("csi.v1.Controller/DeleteVolume", DeleteVolumeRequest.parser(), this::delete),
                new Rpc<>(
                        "csi.v1.Controller/ValidateVolumeCapabilities",
                        ValidateVolumeCapabilitiesRequest.parser(),
                        this::validate),
                new Rpc<>(
                        "csi.v1.Controller/ControllerGetCapabilities",
                        ControllerGetCapabilitiesRequest.parser(),
                        (request, left) -> capabilities()));
    }

    private CreateVolumeResponse create(CreateVolumeRequest request, Duration left) throws CsiException {
        String name = CsiException.required("name", request.getName());
        requireFileSystems(request.getVolumeCapabilitiesList());
        if (request.hasVolumeContentSource()) {
            throw CsiException.invalid("expected no content source, found one: a dataset has its own");
        }
        VolumeAttributes attributes;
        try {
            attributes = VolumeAttributes.parse(request.getParametersMap());
        } catch (IllegalArgumentException e) {
            throw CsiException.invalid(String.valueOf(e.getMessage()));
        }
        requireOrigin(attributes);
        return CreateVolumeResponse.newBuilder()
                .setVolume(Volume.newBuilder()
                        .setVolumeId(VolumeHandle.of(name, attributes).toString())
                        .putAllVolumeContext(request.getParametersMap()))
                .build();
    }

    private void requireOrigin(VolumeAttributes attributes) throws CsiException {
        try {
            link.reach(attributes);
        } catch (IOException e) {
            throw new CsiException(GrpcStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private DeleteVolumeResponse delete(DeleteVolumeRequest request, Duration left) throws CsiException {
        CsiException.required("volume_id", request.getVolumeId());
        return DeleteVolumeResponse.getDefaultInstance();
    }

    private ValidateVolumeCapabilitiesResponse validate(ValidateVolumeCapabilitiesRequest request, Duration left)
            throws CsiException {
        String handle = CsiException.required("volume_id", request.getVolumeId());
        requireFileSystems(request.getVolumeCapabilitiesList());
        if (!VolumeHandle.isOne(handle)) {
            throw new CsiException(
                    GrpcStatus.NOT_FOUND,
                    "expected the handle of a volume of this driver, found '%s'".formatted(handle));
        }
        return ValidateVolumeCapabilitiesResponse.newBuilder()
                .setConfirmed(ValidateVolumeCapabilitiesResponse.Confirmed.newBuilder()
                        .putAllVolumeContext(request.getVolumeContextMap())
                        .addAllVolumeCapabilities(request.getVolumeCapabilitiesList())
                        .putAllParameters(request.getParametersMap()))
                .build();
    }

    private static void requireFileSystems(List<VolumeCapability> capabilities) throws CsiException {
        if (capabilities.isEmpty()) {
            throw CsiException.invalid("expected the field volume_capabilities, found none");
        }
        if (capabilities.stream().anyMatch(VolumeCapability::hasBlock)) {
            throw CsiException.invalid("expected volumes with volumeMode Filesystem, found Block");
        }
    }

    private static ControllerGetCapabilitiesResponse capabilities() {
        return ControllerGetCapabilitiesResponse.newBuilder()
                .addCapabilities(ControllerServiceCapability.newBuilder()
                        .setRpc(ControllerServiceCapability.RPC
                                .newBuilder()
                                .setType(ControllerServiceCapability.RPC.Type.CREATE_DELETE_VOLUME)))
                .build();
    }
}
