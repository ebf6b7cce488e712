package dev.aquifer.webhook.report;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the reports from all replicas of admission, each time what is new. Used by one thread. */
public final class AdmissionReports implements ReportFeed {
    /** Where admission publishes whom to trust. */
    private static final String AUTHORITIES = "aquifer-authority";

    private final Replicas replicas;
    private final ReplicaClient client;
    private final InstantSource clock;
    private final GatheredReports gathered = new GatheredReports();
    private final Map<SocketAddress, String> books = new HashMap<>();

    AdmissionReports(Replicas replicas, ReplicaClient client, InstantSource clock) {
        this.replicas = replicas;
        this.client = client;
        this.clock = clock;
    }

    /**
     * Reports of this installation.
     *
     * @param namespace Aquifer's own
     * @param service of admission, which its certificates name
     * @param each the headless Service of the same pods
     * @param token the file of the binder's token for them
     */
    public static AdmissionReports of(
            Vertx vertx, KubernetesClient client, String namespace, String service, HeadlessService each, Path token) {
        return new AdmissionReports(
                () -> addresses(each, namespace),
                new ReplicaClient(
                        vertx,
                        "%s.%s.svc".formatted(service, namespace),
                        () -> bundle(client, namespace),
                        () -> Files.readString(token).strip()),
                InstantSource.system());
    }

    private static List<SocketAddress> addresses(HeadlessService each, String namespace) throws ReportsUnavailable {
        String host = "%s.%s.svc".formatted(each.name(), namespace);
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> SocketAddress.inetSocketAddress(each.port(), address.getHostAddress()))
                    .toList();
        } catch (UnknownHostException e) {
            throw new ReportsUnavailable("Expected replicas of admission behind %s, found none".formatted(host));
        }
    }

    private static @Nullable String bundle(KubernetesClient client, String namespace) {
        ConfigMap map =
                client.configMaps().inNamespace(namespace).withName(AUTHORITIES).get();
        return map == null
                ? null
                : Objects.requireNonNullElse(map.getData(), Map.<String, String>of())
                        .get("ca.crt");
    }

    @Override
    public Map<String, CacheState> look() throws ReportsUnavailable {
        List<SocketAddress> found = replicas.find();
        books.keySet().retainAll(found);
        String missing = "";
        int read = 0;
        for (SocketAddress replica : found) {
            try {
                String before = books.getOrDefault(replica, "");
                Buffer answer = client.read(replica, gathered.question(before));
                books.put(replica, gathered.take(new JsonObject(answer), clock.instant()));
                read++;
            } catch (IOException | RuntimeException e) {
                missing = String.valueOf(e.getMessage());
            }
        }
        if (read == found.size()) {
            // while one says nothing, its nodes are not silent
            gathered.forget(clock.instant());
        }
        if (read == 0) {
            throw new ReportsUnavailable("Expected reports of nodes from admission, found none: " + missing);
        }
        return gathered.states(clock.instant());
    }
}
