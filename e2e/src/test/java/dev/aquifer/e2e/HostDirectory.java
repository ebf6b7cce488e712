package dev.aquifer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory of this machine that nodes see and everyone may enter; closing it removes it with all that is in it. */
public record HostDirectory(Path path) implements AutoCloseable {

    /** A new one, empty, whose name begins so. */
    public static HostDirectory make(String prefix) throws IOException {
        Path path = Files.createTempDirectory(Path.of("/var/tmp"), prefix);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new HostDirectory(path);
    }

    /**
     * A new namespace with the claim {@code data} for this directory, bound to a volume of the namespace's name, and the
     * SharedVolume {@code ref} of it at {@code /ref}: manifests, with room behind them for the rest of its specification.
     */
    public String sharedBy(String namespace) {
        return sharedBy(namespace, "hostPath: {path: %s}".formatted(path));
    }

    /** The same by a volume of the type {@code local}, whose files kubelet gives to a pod's group. */
    public String sharedAsLocalBy(String namespace) {
        return sharedBy(namespace, """
            local: {path: %s}
              nodeAffinity:
                required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]}]}\
            """.formatted(path));
    }

    private static String sharedBy(String namespace, String source) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %1$s}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: %1$s}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteMany]
              persistentVolumeReclaimPolicy: Retain
              claimRef: {namespace: %1$s, name: data}
              %2$s
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: %1$s}
            spec:
              accessModes: [ReadWriteMany]
              storageClassName: ""
              volumeName: %1$s
              resources: {requests: {storage: 1Gi}}
            ---
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: %1$s}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
            """.formatted(namespace, source);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
