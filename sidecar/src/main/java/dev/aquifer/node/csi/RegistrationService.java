package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Registration.InfoRequest;
import dev.aquifer.node.csi.proto.Registration.PluginInfo;
import dev.aquifer.node.csi.proto.Registration.RegistrationStatus;
import dev.aquifer.node.csi.proto.Registration.RegistrationStatusResponse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code pluginregistration.Registration}: kubelet finds its socket and asks whose it is. */
final class RegistrationService {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationService.class);

    private final String endpoint;

    /** @param endpoint the driver's own socket, as kubelet sees it */
    RegistrationService(String endpoint) {
        this.endpoint = endpoint;
    }

    List<Rpc<?, ?>> methods() {
        return List.of(
                new Rpc<>("pluginregistration.Registration/GetInfo", InfoRequest.parser(), (request, left) -> info()),
                new Rpc<>(
                        "pluginregistration.Registration/NotifyRegistrationStatus",
                        RegistrationStatus.parser(),
                        (status, left) -> noted(status)));
    }

    private PluginInfo info() {
        return PluginInfo.newBuilder()
                .setType("CSIPlugin")
                .setName(Driver.NAME)
                .setEndpoint(endpoint)
                .addSupportedVersions("1.0.0")
                .build();
    }

    /** Kubelet asks again by itself after a failure. */
    private static RegistrationStatusResponse noted(RegistrationStatus status) {
        if (status.getPluginRegistered()) {
            LOG.info("event=registered driver={}", Driver.NAME);
        } else {
            LOG.error("event=registration-failed driver={} error=\"{}\"", Driver.NAME, status.getError());
        }
        return RegistrationStatusResponse.getDefaultInstance();
    }
}
