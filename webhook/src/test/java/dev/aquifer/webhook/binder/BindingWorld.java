package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.binder.caching.NodeAgents;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.report.CacheState;
import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** What tests of the binder do to a cluster, and what they look at. */
public final class BindingWorld {
    private static final String BINDER = "system:serviceaccount:default:binder-it";
    private static final Set<String> SOURCES = Set.of("persistentvolumes", "persistentvolumeclaims");
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ControlPlane api;
    /** How datasets are on nodes, by their ids. */
    final Map<String, CacheState> reported = new ConcurrentHashMap<>();

    public BindingWorld(ControlPlane api) {
        this.api = api;
    }

    /** A binder with a client of its own; its lease is found out to be free quickly when it ends. */
    public Running binder(String identity, BindMode mode) {
        return binder(identity, mode, null);
    }

    /** @param origins what origins have in common; null where there are no node agents */
    Running binder(String identity, BindMode mode, @Nullable OriginSettings origins) {
        return binder(identity, mode, origins, api.client().getConfiguration().getMasterUrl());
    }

    /** @param server where this binder finds the API server */
    Running binder(String identity, BindMode mode, @Nullable OriginSettings origins, String server) {
        KubernetesClient client = asBinder(server);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Binder binder = new Binder(
                client,
                new LeaseSettings(
                        "default", "binder-it", identity, LEASE, Duration.ofSeconds(2), Duration.ofMillis(500)),
                new BindingSettings(
                        Served.ALL,
                        AcceptedOwners.NONE,
                        HandleRules.known(),
                        mode,
                        JobSettings.of("aquifer"),
                        origins == null ? null : new NodeAgents(origins, () -> Map.copyOf(reported))),
                registry);
        binder.start();
        return new Running(binder, client, registry);
    }

    /** With a name of its own, so that the audit log tells its writes from the tests'. */
    private KubernetesClient asBinder(String server) {
        apply("""
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: binder-it, namespace: default}}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: binder-it}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: ServiceAccount, name: binder-it, namespace: default}]
                """);
        String token = api.client()
                .serviceAccounts()
                .inNamespace("default")
                .withName("binder-it")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(7200L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config administrator = api.client().getConfiguration();
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server)
                        .withCaCertData(administrator.getCaCertData())
                        .withOauthToken(token)
                        .build())
                .build();
    }

    /**
     * The binder wrote to no PersistentVolume and no claim but those with its own names.
     *
     * @throws AssertionError naming the writes that it should not have made
     */
    void onlyPairsWereWritten() throws IOException {
        assertThat(audited().stream()
                        .filter(event ->
                                event.path("user").path("username").asText().equals(BINDER))
                        .filter(event -> !READS.contains(event.path("verb").asText()))
                        .map(event -> event.path("objectRef"))
                        .filter(object ->
                                SOURCES.contains(object.path("resource").asText()))
                        .map(object -> object.path("name").asText())
                        // a create has no name in its path
                        .filter(name -> !name.isEmpty()))
                .isNotEmpty()
                .allMatch(PairName::isReserved);
    }

    /** What the binder has asked of the API server lately, but for its Lease and its watches. */
    List<String> askedSince(Instant time) throws IOException {
        return audited().stream()
                .filter(event -> event.path("user").path("username").asText().equals(BINDER))
                .filter(event -> !event.path("verb").asText().equals("watch")
                        && !event.at("/objectRef/resource").asText().equals("leases"))
                .filter(event -> isAfter(time, event))
                .map(event -> event.path("verb").asText() + " " + event.path("objectRef"))
                .toList();
    }

    /** How many watches the binder began since then, by their kinds. */
    Map<String, Long> watchedSince(Instant time) throws IOException {
        return audited().stream()
                .filter(event -> event.path("user").path("username").asText().equals(BINDER))
                .filter(event -> event.path("verb").asText().equals("watch")
                        && event.path("stage").asText().equals("ResponseStarted")
                        && isAfter(time, event))
                .collect(Collectors.groupingBy(
                        event -> event.at("/objectRef/resource").asText(), Collectors.counting()));
    }

    private static boolean isAfter(Instant time, JsonNode event) {
        return Instant.parse(event.path("requestReceivedTimestamp").asText()).isAfter(time);
    }

    /** What became of each write to the status of the volume, as HTTP statuses, whoever made it by a patch. */
    public List<Integer> patchesOfStatus(String volume) throws IOException {
        return audited().stream()
                .filter(event -> event.path("verb").asText().equals("patch"))
                .filter(event -> event.at("/objectRef/name").asText().equals(volume)
                        && event.at("/objectRef/subresource").asText().equals("status"))
                .map(event -> event.at("/responseStatus/code").asInt())
                .toList();
    }

    /** The requests for claims of the namespace that the API server refused. */
    List<JsonNode> refusedClaims(String namespace) throws IOException {
        return audited().stream()
                .filter(event -> event.path("verb").asText().equals("create")
                        && event.path("stage").asText().equals("ResponseComplete")
                        && event.at("/objectRef/resource").asText().equals("persistentvolumeclaims")
                        && event.at("/objectRef/namespace").asText().equals(namespace)
                        && event.at("/responseStatus/code").asInt() == 403)
                .toList();
    }

    private List<JsonNode> audited() throws IOException {
        try (Stream<String> lines = Files.lines(api.auditLog())) {
            return lines.map(BindingWorld::json).toList();
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A binder, its client and what it measures. */
    public record Running(Binder binder, KubernetesClient client, MeterRegistry registry) implements AutoCloseable {
        /** How many SharedVolumes have this condition in a bad state, as it counts them. */
        long troubled(String condition) {
            return (long) registry.get("aquifer.binder.shared.volumes.troubled")
                    .tag("condition", condition)
                    .gauge()
                    .value();
        }

        /** As when its process dies: its requests are cut off, and its lease has to run out. */
        void kill() {
            client.close();
            binder.close();
        }

        @Override
        public void close() {
            binder.close();
            client.close();
        }
    }

    public void tenant(String name, String... more) {
        Map<String, String> labels = new HashMap<>(Map.of("aquifer.dev/inject", "enabled"));
        for (String label : more) {
            labels.put(label, "true");
        }
        api.namespace(name, labels);
    }

    /** An owner's namespace with the claim {@code data}, bound to the volume {@code source-OWNER}. */
    public void owner(String name) {
        owner(name, "ReadWriteMany");
    }

    /** The same, with a claim of this access mode. */
    void owner(String name, String accessMode) {
        api.namespace(name, Map.of());
        String volume = "source-" + name;
        source(name, "data", volume, accessMode, "hostPath: {path: /srv/%s}".formatted(volume));
    }

    void source(String namespace, String claim, String volume) {
        source(namespace, claim, volume, "ReadWriteMany", "hostPath: {path: /srv/%s}".formatted(volume));
    }

    /** One whose files kubelet gives to a pod's fsGroup. */
    void sourceOfOneNode(String namespace, String claim, String volume) {
        source(namespace, claim, volume, "ReadWriteMany", """
                local: {path: /srv/%s}
                  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]}}\
                """.formatted(volume));
    }

    private void source(String namespace, String claim, String volume, String accessMode, String place) {
        apply("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %2$s}
                spec:
                  accessModes: [%5$s]
                  capacity: {storage: 5Gi}
                  persistentVolumeReclaimPolicy: Retain
                  storageClassName: ""
                  claimRef: {namespace: %1$s, name: %3$s}
                  %4$s
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %3$s, namespace: %1$s}
                spec:
                  accessModes: [%5$s]
                  storageClassName: ""
                  volumeName: %2$s
                  resources: {requests: {storage: 5Gi}}
                """.formatted(namespace, volume, claim, place, accessMode));
        eventually(
                () -> assertThat(claim(namespace, claim).getStatus().getPhase()).isEqualTo("Bound"));
    }

    /** Shares the owner's claim, read-only, with namespaces of this label. */
    public void share(String owner, String name, String label) {
        share(owner, name, label, "");
    }

    /** @param more lines of the specification, indented by two */
    void share(String owner, String name, String label, String more) {
        apply(manifest(owner, name, label, more));
    }

    /** What {@link #share(String, String, String, String)} applies. */
    public static String manifest(String owner, String name, String label, String more) {
        return """
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: %s, namespace: %s}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /%s
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                  access: [{namespaces: {selector: {matchLabels: {%s: "true"}}}, serviceAccounts: ["*"], roles: [reader]}]
                %s
                """.formatted(name, owner, name, label, more.isEmpty() ? "" : more.indent(2));
    }

    /** A quota by the name {@code none} that leaves no room for claims, once it is in force. */
    void noClaimsIn(String namespace) {
        apply("""
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: none, namespace: %s}
                spec: {hard: {persistentvolumeclaims: "0"}}
                """.formatted(namespace));
        eventually(() -> assertThat(api.client()
                        .resourceQuotas()
                        .inNamespace(namespace)
                        .withName("none")
                        .get()
                        .getStatus()
                        .getHard())
                .isNotEmpty());
    }

    public void apply(String yaml) {
        api.command().runWithInput(yaml, "kubectl", "apply", "-f", "-").succeeded();
    }

    void kubectl(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "kubectl";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        api.command().run(line).succeeded();
    }

    public PersistentVolumeClaim claim(String namespace, String name) {
        return Objects.requireNonNull(api.client()
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    public PersistentVolume volume(String name) {
        return Objects.requireNonNull(
                api.client().persistentVolumes().withName(name).get());
    }

    /** The binder's claims in the namespace. */
    public List<PersistentVolumeClaim> pairsIn(String namespace) {
        return api.client()
                .persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabel(PairLabels.MANAGED_BY, PairLabels.BINDER)
                .list()
                .getItems();
    }

    /** The binder's volumes for the namespace. */
    List<PersistentVolume> volumesFor(String tenant) {
        return api.client()
                .persistentVolumes()
                .withLabel("aquifer.dev/tenant", tenant)
                .list()
                .getItems();
    }

    /** The one claim of the binder in the namespace, once it is bound. */
    PersistentVolumeClaim bound(String namespace) {
        eventually(() -> assertThat(pairsIn(namespace))
                .singleElement()
                .satisfies(claim -> assertThat(claim.getStatus().getPhase()).isEqualTo("Bound")));
        return pairsIn(namespace).getFirst();
    }

    void gone(String tenant) {
        eventually(() -> {
            assertThat(pairsIn(tenant)).isEmpty();
            assertThat(volumesFor(tenant)).isEmpty();
        });
    }

    /** The reason of the volume's condition of this type, with its status: {@code True/Ready}. */
    String condition(String owner, String name, String type) {
        for (JsonNode condition : sharedVolume(owner, name).path("status").path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText() + "/"
                        + condition.path("reason").asText();
            }
        }
        return "none";
    }

    /** How many SharedVolumes have a condition of this type and status. */
    long countConditions(String type, String status) {
        return api.command()
                .run(
                        "kubectl",
                        "get",
                        "sharedvolumes",
                        "-A",
                        "-o",
                        "jsonpath={range .items[*].status.conditions[*]}{.type}={.status}{'\\n'}{end}")
                .succeeded()
                .lines()
                .filter((type + "=" + status)::equals)
                .count();
    }

    JsonNode sharedVolume(String owner, String name) {
        String text = api.command()
                .run("kubectl", "get", "sharedvolume", "-n", owner, name, "-o", "json")
                .succeeded();
        return json(text);
    }

    /** Shows each version of the SharedVolumes of a namespace from now on. */
    Watch watch(String owner, Consumer<JsonNode> seen) {
        return sharedVolumes().inNamespace(owner).watch(each(volume -> seen.accept(JSON.valueToTree(volume))));
    }

    /** Shows each version of the binder's volumes from now on. */
    Watch watchVolumes(Consumer<PersistentVolume> seen) {
        return api.client()
                .persistentVolumes()
                .withLabel(PairLabels.MANAGED_BY, PairLabels.BINDER)
                .watch(each(seen));
    }

    private static <T> Watcher<T> each(Consumer<T> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                seen.accept(object);
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new AssertionError("the watch ended before the test did", cause);
            }
        };
    }

    /** The SharedVolumes of all namespaces. */
    MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            sharedVolumes() {
        return api.client().genericKubernetesResources("aquifer.dev/v1alpha1", "SharedVolume");
    }

    /** Takes all finalizers off all SharedVolumes, as an uninstallation does. */
    void releaseAll() {
        for (GenericKubernetesResource volume :
                sharedVolumes().inAnyNamespace().list().getItems()) {
            api.client().resource(volume).edit(held -> {
                held.getMetadata().setFinalizers(List.of());
                return held;
            });
        }
    }

    /** Who holds the binder's lease, dead or alive; empty when he gave it away: it runs out in a second then. */
    String leader() {
        Lease lease = api.client()
                .leases()
                .inNamespace("default")
                .withName("binder-it")
                .get();
        return lease == null || lease.getSpec().getLeaseDurationSeconds() < LEASE.toSeconds()
                ? ""
                : lease.getSpec().getHolderIdentity();
    }

    void label(String namespace, String key, String value) {
        api.client().namespaces().withName(namespace).edit(before -> {
            Namespace after = before;
            after.getMetadata().getLabels().put(key, value);
            return after;
        });
    }

    public void delete(HasMetadata object) {
        api.client().resource(object).delete();
    }

    public static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }

    public static void eventually(ThrowingRunnable assertion) {
        patiently().untilAsserted(assertion);
    }
}
