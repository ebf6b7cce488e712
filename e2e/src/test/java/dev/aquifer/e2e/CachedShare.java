package dev.aquifer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** A cached SharedVolume {@code ref} at {@code /ref}, of one owner for the readers of one tenant: manifests. */
public record CachedShare(String owner, String tenant) {

    /** The volume with its namespaces, and a claim for the directory behind it. */
    public String of(HostDirectory data, String cache) {
        return tenant(tenant, owner) + data.sharedBy(owner) + """
              readPath: Cached
              cache: {%2$s}
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [%1$s]}, roles: [reader]}]
            """.formatted(tenant, cache);
    }

    /** A tenant's namespace, with room behind it for more. */
    public static String tenant(String name, String owner) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %1$s
              labels: {aquifer.dev/inject: enabled}
              annotations: {aquifer.dev/accept-from: %2$s}
            ---
            """.formatted(name, owner);
    }

    /** The tenant's pod {@code reader}. */
    public String reader() {
        return reader("exec sleep 3600");
    }

    /** The tenant's pod {@code reader}, with what its container does, in the words of a shell. */
    public String reader(String script) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: reader, namespace: %1$s, annotations: {aquifer.dev/volumes: %2$s/ref@reader}}
            spec:
              terminationGracePeriodSeconds: 0
              containers: [{name: main, image: "busybox:1", command: [/bin/sh, -c, "%3$s"]}]
            """.formatted(tenant, owner, script);
    }

    /** What the binder says of an owner's SharedVolume. */
    public static JsonNode status(Cluster cluster, String owner, String name) throws IOException {
        String volume = cluster.kubectl("-n", owner, "get", "sharedvolume", name, "-o", "json");
        return JsonMapper.builder().build().readTree(volume).path("status");
    }

    /** Takes all of it away, whatever of it is there. */
    public void remove(Cluster cluster) {
        cluster.kubectl("delete", "namespace", tenant, owner, "--timeout=120s", "--ignore-not-found");
        cluster.kubectl("delete", "persistentvolume", owner, "--ignore-not-found");
    }
}
