package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import dev.aquifer.node.csi.proto.Csi.GetPluginCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.GetPluginInfoResponse;
import dev.aquifer.node.csi.proto.Csi.NodeGetCapabilitiesResponse;
import dev.aquifer.node.csi.proto.Csi.NodeGetInfoResponse;
import dev.aquifer.node.csi.proto.Csi.NodeServiceCapability;
import dev.aquifer.node.csi.proto.Csi.PluginCapability;
import dev.aquifer.node.csi.proto.Csi.ProbeResponse;
import dev.aquifer.node.csi.proto.Registration.PluginInfo;
import dev.aquifer.node.csi.proto.Registration.RegistrationStatus;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DriverTest {
    private static final Empty NOTHING = Empty.getDefaultInstance();

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
    final class Says {
        @Test
        void itsNameAndVersion() {
            var info =
                    node.kubelet.call("csi.v1.Identity/GetPluginInfo", NOTHING).as(GetPluginInfoResponse.parser());

            assertThat(info.getName()).isEqualTo("node.aquifer.dev");
            assertThat(info.getVendorVersion()).isEqualTo("1.2.3");
        }

        @Test
        void thatItIsReady() {
            var answer = node.kubelet.call("csi.v1.Identity/Probe", NOTHING).as(ProbeResponse.parser());

            assertThat(answer.getReady().getValue()).isTrue();
        }

        @Test
        void whichNodeThisIsAndWhatItCanDoThere() {
            var info = node.kubelet.call("csi.v1.Node/NodeGetInfo", NOTHING).as(NodeGetInfoResponse.parser());
            var can = node.kubelet
                    .call("csi.v1.Node/NodeGetCapabilities", NOTHING)
                    .as(NodeGetCapabilitiesResponse.parser());

            assertThat(info.getNodeId()).isEqualTo("node-1");
            assertThat(can.getCapabilitiesList())
                    .extracting(capability -> capability.getRpc().getType())
                    .containsExactly(
                            NodeServiceCapability.RPC.Type.GET_VOLUME_STATS,
                            NodeServiceCapability.RPC.Type.VOLUME_CONDITION);
        }

        @Test
        void thatItHasAControllerOnlyIfItHasOne() throws Exception {
            assertThat(plugin(node).getCapabilitiesList()).isEmpty();
            assertThat(node.kubelet
                            .call("csi.v1.Controller/ControllerGetCapabilities", NOTHING)
                            .code())
                    .isEqualTo(GrpcStatus.UNIMPLEMENTED);

            CsiCase other = new CsiCase(Files.createDirectory(folder.resolve("other")), true);
            try {
                assertThat(plugin(other).getCapabilitiesList())
                        .extracting(capability -> capability.getService().getType())
                        .containsExactly(PluginCapability.Service.Type.CONTROLLER_SERVICE);
            } finally {
                other.close();
            }
        }

        @Test
        void toKubeletWhereItsCallsGo() {
            var info = node.registry
                    .call("pluginregistration.Registration/GetInfo", NOTHING)
                    .as(PluginInfo.parser());

            assertThat(info.getType()).isEqualTo("CSIPlugin");
            assertThat(info.getName()).isEqualTo("node.aquifer.dev");
            assertThat(info.getEndpoint()).isEqualTo("/var/lib/kubelet/plugins/csi.sock");
            assertThat(info.getSupportedVersionsList()).containsExactly("1.0.0");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void thatItHasHeardHowTheRegistrationEnded(boolean registered) {
            var status = RegistrationStatus.newBuilder()
                    .setPluginRegistered(registered)
                    .setError("no such version");

            assertThat(node.registry
                            .call("pluginregistration.Registration/NotifyRegistrationStatus", status.build())
                            .code())
                    .isEqualTo(GrpcStatus.OK);
        }

        private static GetPluginCapabilitiesResponse plugin(CsiCase driver) {
            return driver.kubelet
                    .call("csi.v1.Identity/GetPluginCapabilities", NOTHING)
                    .as(GetPluginCapabilitiesResponse.parser());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csi.v1.Node/NodeStageVolume", "csi.v1.Node/NodeExpandVolume", "csi.v1.Group/Anything"})
    void refusesMethodsThatItHasNot(String path) {
        assertThat(node.kubelet.call(path, NOTHING).code()).isEqualTo(GrpcStatus.UNIMPLEMENTED);
    }

    /** Kubelet takes the path of the socket, escaped as grpc-go does, csi-sanity "localhost". */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "%2Fvar%2Flib%2Fkubelet%2Fplugins%2Fnode.aquifer.dev%2Fcsi.sock", "x:1"})
    void answersWhateverTheCallerTakesForTheAuthority(String authority) throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "--silent",
                        "--show-error",
                        "--include",
                        "--http2-prior-knowledge",
                        "--unix-socket",
                        folder.resolve("csi.sock").toString(),
                        "--header",
                        "Host: " + authority,
                        "--header",
                        "Content-Type: application/grpc",
                        "--header",
                        "TE: trailers",
                        "--data-binary",
                        "@-",
                        "--output",
                        "-",
                        "--max-time",
                        "10",
                        "http://localhost/csi.v1.Identity/Probe")
                .redirectErrorStream(true)
                .start();
        try (var message = curl.getOutputStream()) {
            message.write(new byte[5]);
        }
        String answer = new String(curl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(answer).contains("HTTP/2 200").contains("grpc-status: 0");
    }

    @Nested
    final class OnItsSockets {
        @Test
        void letsOnlyItsOwnerConnect() throws IOException {
            assertThat(Files.getPosixFilePermissions(folder.resolve("csi.sock")))
                    .hasSize(2);
            assertThat(Files.getPosixFilePermissions(folder.resolve("reg.sock")))
                    .hasSize(2);
        }

        @Test
        void leavesNoneBehind() throws Exception {
            node.close();
            try {
                assertThat(folder).isDirectoryNotContaining("glob:**.sock");
            } finally {
                start();
            }
        }

        @Test
        void takesThePlaceOfAnEarlierProcessWhichThenLeavesThemAlone() throws Exception {
            CsiCase earlier = node;
            node = new CsiCase(folder, false);

            earlier.close();

            assertThat(node.kubelet.call("csi.v1.Identity/Probe", NOTHING).code())
                    .isEqualTo(GrpcStatus.OK);
            assertThat(node.registry
                            .call("pluginregistration.Registration/GetInfo", NOTHING)
                            .code())
                    .isEqualTo(GrpcStatus.OK);
        }
    }
}
