package dev.aquifer.node.csi;

import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.mount.Mounter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The CSI driver on its two sockets: one for kubelet's calls, one by which kubelet finds the first. */
public final class Driver {
    /** As in the CSIDriver object and in every volume. */
    public static final String NAME = "node.aquifer.dev";

    private final RpcSocket calls;
    private final RpcSocket registration;

    /**
     * Takes what it needs, and opens nothing yet.
     *
     * @param volumes gets what is published
     */
    public Driver(Vertx vertx, DriverSettings settings, Mounter mounter, LinkClient link, PublishedVolumes volumes) {
        String kubelet = settings.kubelet().toString();
        List<Rpc<?, ?>> methods = new ArrayList<>();
        methods.addAll(new IdentityService(settings.version(), settings.controller()).methods());
        methods.addAll(new NodeService(
                        kubelet,
                        settings.node(),
                        new Publisher(mounter, link, volumes),
                        new Statistics(kubelet, mounter, link),
                        link)
                .methods());
        if (settings.controller()) {
            methods.addAll(new ControllerService(link).methods());
        }
        this.calls = new RpcSocket(vertx, settings.endpoint(), methods);
        this.registration = new RpcSocket(
                vertx,
                settings.registration(),
                new RegistrationService(settings.kubeletEndpoint().toString()).methods());
    }

    /** Answers calls, and only then lets kubelet find out. */
    public void start() throws IOException, InterruptedException {
        calls.start();
        registration.start();
    }

    /** Lets kubelet find nothing any more, then answers no more calls. */
    public void stop() throws IOException, InterruptedException {
        registration.stop();
        calls.stop();
    }
}
