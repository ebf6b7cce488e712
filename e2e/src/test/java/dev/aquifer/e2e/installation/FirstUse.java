package dev.aquifer.e2e.installation;

import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** The first use of an installation: an owner shares a directory through the caches of nodes, and a tenant's pod reads it. */
record FirstUse(Cluster cluster, HostDirectory data) implements AutoCloseable {
    static final String MARKER = "from the source\n";
    static final String OWNER = "first-owner";

    private static final String TENANT = "first-tenant";
    private static final CachedShare SHARE = new CachedShare(OWNER, TENANT);

    static FirstUse of(Cluster cluster) throws IOException {
        HostDirectory data = HostDirectory.make("aquifer-first-");
        Files.writeString(data.path().resolve("marker"), MARKER);
        return new FirstUse(cluster, data);
    }

    /** What the pod finds in the file. It asked for the volume: without injection it would not have been stored. */
    String read() {
        cluster.kubectlOn(SHARE.of(data, ""), "apply", "-f", "-");
        await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
            cluster.kubectlOn(SHARE.reader(), "apply", "-f", "-");
            return true;
        });
        cluster.kubectl("-n", TENANT, "wait", "--for=condition=Ready", "pod/reader", "--timeout=180s");
        return cluster.kubectl("-n", TENANT, "exec", "reader", "--", "cat", "/ref/marker");
    }

    @Override
    public void close() throws IOException {
        data.close();
    }
}
