package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.csi.CsiClient.Answer;
import dev.aquifer.node.csi.proto.Csi.ControllerGetCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.ControllerGetCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.CreateVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.CreateVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.DeleteVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.ValidateVolumeCapabilitiesRequest;
import dev.aquifer.node.csi.proto.Csi.ValidateVolumeCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.Volume;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkRequest;
import dev.aquifer.node.link.RefusalCode;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControllerTest {
    @TempDir
    Path folder;

    private CsiCase node;

    @BeforeEach
    void start() throws Exception {
        node = new CsiCase(folder, true);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void givesAHandleAndTheContextOnceTheOriginIsThere() {
        Volume volume = volume(create(request("v")));

        assertThat(volume.getVolumeId()).matches("aquifer/" + Requests.DATASET + "/[0-9a-f]{32}");
        assertThat(volume.getVolumeContextMap()).isEqualTo(Requests.attributes());
        assertThat(node.fetch.asked(LinkRequest.Reach.class))
                .singleElement()
                .returns(Requests.attributes(), reach -> reach.attributes().toMap());
    }

    @Test
    void givesTheSameHandleForTheSameAndAnotherForAnything() {
        String handle = volume(create(request("v"))).getVolumeId();

        assertThat(volume(create(request("v"))).getVolumeId()).isEqualTo(handle);
        assertThat(volume(create(request("w"))).getVolumeId()).isNotEqualTo(handle);
        assertThat(volume(create(request("v").putParameters("aquifer.dev/tenant", "team-b")))
                        .getVolumeId())
                .isNotEqualTo(handle);
    }

    @Test
    void givesNoneWhileTheOriginIsNotThere() {
        node.fetch.answers(new LinkAnswer.Refused(RefusalCode.UNAVAILABLE, "nobody listens at aquifer-origin-ref"));

        assertRefused(create(request("v")), GrpcStatus.UNAVAILABLE, "nobody listens");
    }

    @Test
    void refusesWhatIsNoVolumeOfOurs() {
        assertRefused(create(request("")), GrpcStatus.INVALID_ARGUMENT, "name");
        assertRefused(create(request("v").clearVolumeCapabilities()), GrpcStatus.INVALID_ARGUMENT, "capabilities");
        assertRefused(create(request("v").addVolumeCapabilities(block())), GrpcStatus.INVALID_ARGUMENT, "found Block");
        assertRefused(
                create(request("v").removeParameters("aquifer.dev/origin")),
                GrpcStatus.INVALID_ARGUMENT,
                "aquifer.dev/origin");
        assertRefused(
                create(request("v").setVolumeContentSource(CreateVolumeRequest.ContentSource.getDefaultInstance())),
                GrpcStatus.INVALID_ARGUMENT,
                "content source");
    }

    @Test
    void deletesNothing() {
        assertThat(delete("anything").code()).isEqualTo(GrpcStatus.OK);
        assertRefused(delete(""), GrpcStatus.INVALID_ARGUMENT, "volume_id");
    }

    @Test
    void confirmsFileSystemsOfItsOwnVolumes() {
        String handle = volume(create(request("v"))).getVolumeId();
        var confirmed = validate(handle, mount()).as(ValidateVolumeCapabilitiesResponse.parser());

        assertThat(confirmed.getConfirmed().getVolumeCapabilitiesList()).containsExactly(mount());
        assertRefused(validate(handle, block()), GrpcStatus.INVALID_ARGUMENT, "found Block");
        assertRefused(validate("fake-vol-id", mount()), GrpcStatus.NOT_FOUND, "found 'fake-vol-id'");
    }

    @Test
    void canCreateAndDelete() {
        Answer answer = node.kubelet.call(
                "csi.v1.Controller/ControllerGetCapabilities", ControllerGetCapabilitiesRequest.getDefaultInstance());

        assertThat(answer.as(ControllerGetCapabilitiesResponse.parser()).getCapabilitiesList())
                .hasSize(1);
    }

    private static CreateVolumeRequest.Builder request(String name) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .addVolumeCapabilities(mount())
                .putAllParameters(Requests.attributes());
    }

    private Answer create(CreateVolumeRequest.Builder request) {
        return node.kubelet.call("csi.v1.Controller/CreateVolume", request.build());
    }

    private Answer delete(String handle) {
        return node.kubelet.call(
                "csi.v1.Controller/DeleteVolume",
                DeleteVolumeRequest.newBuilder().setVolumeId(handle).build());
    }

    private Answer validate(String handle, VolumeCapability capability) {
        return node.kubelet.call(
                "csi.v1.Controller/ValidateVolumeCapabilities",
                ValidateVolumeCapabilitiesRequest.newBuilder()
                        .setVolumeId(handle)
                        .addVolumeCapabilities(capability)
                        .build());
    }

    private static Volume volume(Answer answer) {
        assertThat(answer.code()).as(answer.message()).isEqualTo(GrpcStatus.OK);
        return answer.as(CreateVolumeResponse.parser()).getVolume();
    }

    private static VolumeCapability mount() {
        return VolumeCapability.newBuilder()
                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                .build();
    }

    private static VolumeCapability block() {
        return VolumeCapability.newBuilder()
                .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                .build();
    }

    private static void assertRefused(Answer answer, GrpcStatus code, String message) {
        assertThat(answer.code()).as(answer.message()).isEqualTo(code);
        assertThat(answer.message()).contains(message);
    }
}
