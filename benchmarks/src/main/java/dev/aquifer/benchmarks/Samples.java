package dev.aquifer.benchmarks;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The pods, namespaces and shared volumes that benchmarks measure with. */
final class Samples {
    private static final String OWNER = "team-0";

    private Samples() {}

    /** A namespace that accepts every owner, so that none is left out for that alone. */
    static Tenant tenant() {
        return new Tenant(
                OWNER, Map.of("aquifer.dev/inject", "enabled", "aquifer.dev/tenant", OWNER), AcceptedOwners.parse("*"));
    }

    /** Volumes that are alike but for their owners: each owner grants his to his own tenants. */
    static List<KnownVolume> volumes(int count) {
        return IntStream.range(0, count).mapToObj(i -> volume("team-" + i)).toList();
    }

    private static KnownVolume volume(String owner) {
        return new KnownVolume(
                owner,
                "ref",
                "uid-" + owner,
                3,
                new SharedVolumeSpec(
                        new Source(
                                new Source.PersistentVolumeClaim("ref-data"), null, null, null, null, null, null, null),
                        "/ref",
                        List.of(worker(), orchestrator()),
                        "worker",
                        List.of(new Grant(
                                new NamespaceSet(null, label("aquifer.dev/tenant", owner)),
                                List.of("*"),
                                List.of("worker", "orchestrator")))),
                PairRevisions.NONE,
                Set.of("scratch", "results", "software"),
                FileEffects.UNKNOWN,
                List.of());
    }

    private static Role worker() {
        return new Role(
                "worker",
                label("app.kubernetes.io/component", "worker"),
                List.of(
                        new PathRule("/", Access.ReadOnly, null),
                        new PathRule("scratch", Access.Scratch, "20Gi"),
                        new PathRule("results", Access.Hidden, null)),
                null);
    }

    private static Role orchestrator() {
        return new Role(
                "orchestrator",
                label("app.kubernetes.io/component", "orchestrator"),
                List.of(
                        new PathRule("/", Access.ReadOnly, null),
                        new PathRule("software", Access.ReadWrite, null),
                        new PathRule("results", Access.ReadWrite, null)),
                null);
    }

    private static LabelSelector label(String key, String value) {
        return new LabelSelector(Map.of(key, value), null);
    }

    /** A pod as the API server sends it, of 2.8 kB with one container. */
    static byte[] pod(int containers) {
        return PREFIX.concat(IntStream.range(0, containers)
                        .mapToObj(CONTAINER::formatted)
                        .collect(Collectors.joining(",")))
                .concat(SUFFIX)
                .replaceAll("\n *", "")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final String PREFIX = """
            {"kind":"Pod","apiVersion":"v1","metadata":{
            "generateName":"ref-worker-6d5f7c9b4d-","namespace":"team-0","creationTimestamp":null,
            "labels":{"app.kubernetes.io/name":"climate-ref","app.kubernetes.io/instance":"ref",
            "app.kubernetes.io/component":"worker","pod-template-hash":"6d5f7c9b4d"},
            "annotations":{"checksum/config":"5f1c0a94bb3dd1a4c7bb7e0ce2f1a34f",
            "kubectl.kubernetes.io/restartedAt":"2026-01-01T00:00:00Z"},
            "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"ref-worker-6d5f7c9b4d",
            "uid":"e2b0a1c6-8f2f-4c55-9c6e-0a4f3b7f9a11","controller":true,"blockOwnerDeletion":true}],
            "managedFields":[{"manager":"kube-controller-manager","operation":"Update","apiVersion":"v1",
            "time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:generateName":{},
            "f:labels":{".":{},"f:app.kubernetes.io/component":{},"f:pod-template-hash":{}},
            "f:ownerReferences":{".":{},"k:{\\"uid\\":\\"e2b0a1c6-8f2f-4c55-9c6e-0a4f3b7f9a11\\"}":{}}},
            "f:spec":{"f:containers":{"k:{\\"name\\":\\"main\\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}},
            "f:dnsPolicy":{},"f:restartPolicy":{},"f:schedulerName":{},"f:securityContext":{}}}}]},
            "spec":{"volumes":[{"name":"kube-api-access-x7k2p","projected":{"sources":[
            {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
            {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}}],
            "defaultMode":420}}],"containers":[""";

    private static final String CONTAINER = """
            {"name":"main-%d","image":"registry.example.com/climate/ref-worker:1.4.2",
            "command":["celery","start-worker"],"args":["--provider","esmvaltool"],
            "env":[{"name":"HOME","value":"/tmp"},{"name":"BROKER","value":"redis://redis:6379/0"}],
            "resources":{"limits":{"cpu":"2","memory":"4Gi"},"requests":{"cpu":"500m","memory":"1Gi"}},
            "volumeMounts":[{"name":"kube-api-access-x7k2p","readOnly":true,
            "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],
            "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
            "imagePullPolicy":"IfNotPresent","securityContext":{"runAsNonRoot":true,
            "allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]}}}""";

    private static final String SUFFIX = """
            ],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",
            "serviceAccountName":"default","serviceAccount":"default","securityContext":{"fsGroup":1000},
            "schedulerName":"default-scheduler","tolerations":[{"key":"node.kubernetes.io/not-ready",
            "operator":"Exists","effect":"NoExecute","tolerationSeconds":300},
            {"key":"node.kubernetes.io/unreachable","operator":"Exists","effect":"NoExecute",
            "tolerationSeconds":300}],"priority":0,"enableServiceLinks":true,
            "preemptionPolicy":"PreemptLowerPriority"},"status":{}}""";
}
