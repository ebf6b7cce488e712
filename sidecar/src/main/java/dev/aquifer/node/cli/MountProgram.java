package dev.aquifer.node.cli;

import dev.aquifer.node.csi.Driver;
import dev.aquifer.node.csi.MountHandler;
import dev.aquifer.node.csi.PublishedVolumes;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.mount.LinuxMounter;
import dev.aquifer.node.mount.Mounter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The CSI driver, and what tells the other process which snapshots are mounted. */
final class MountProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger(MountProgram.class);

    private final MountSettings settings;
    private final Mounter mounter;
    private final PublishedVolumes volumes = new PublishedVolumes();
    private final Vertx vertx = vertx();
    private final Driver driver;
    private @Nullable LinkServer mounts;

    MountProgram(MountSettings settings) {
        this.settings = settings;
        // beside the socket for kubelet, where the process that fetches cannot get
        Path endpoint = settings.driver().endpoint();
        this.mounter = new LinuxMounter(
                settings.driver().kubelet(),
                settings.cache(),
                endpoint.resolveSibling("hidden"),
                endpoint.resolveSibling("empty"));
        this.driver = new Driver(vertx, settings.driver(), mounter, new LinkClient(settings.fetchSocket()), volumes);
    }

    /**
     * One event loop, and no files written: the root file system is read-only. Nor are hosts looked up, for all sockets are
     * files: a resolver would be made ready at each start.
     */
    private static Vertx vertx() {
        System.setProperty("vertx.disableDnsResolver", "true");
        FileSystemOptions noFiles =
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(noFiles));
    }

    @Override
    public void start() throws IOException, InterruptedException {
        mounts = LinkServer.start(settings.mountSocket(), new MountHandler(mounter, volumes));
        driver.start();
    }

    @Override
    public void stop() {
        try {
            driver.stop();
            if (mounts != null) {
                mounts.close();
            }
        } catch (IOException | InterruptedException e) {
            LOG.warn("event=stop-incomplete error=\"{}\"", e.getMessage());
        }
        vertx.close();
    }
}
