package dev.aquifer.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.SourceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pod's {@code fsGroup} on a source where kubelet would give all files to that group: only where the role allows it. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class FsGroupIT {
    private static final String NAMESPACE = "fs-group";
    private static final int GROUP = 1234;

    private final Cluster cluster;

    @SuppressWarnings("NullAway.Init") // from share on
    private HostDirectory data;

    FsGroupIT(Installation aquifer) {
        this.cluster = aquifer.cluster();
    }

    @BeforeEach
    void share() throws IOException {
        data = HostDirectory.make("aquifer-fs-group-");
        Files.writeString(file(), "1");
        cluster.kubectlOn(data.sharedAsLocalBy(NAMESPACE) + """
                  roles:
                    - {name: reader, paths: [{path: /, access: ReadOnly}]}
                    - {name: writer, paths: [{path: /, access: ReadWrite}]}
                    - {name: group-writer, allowFsGroup: true, paths: [{path: /, access: ReadWrite}]}
                  access: [{namespaces: {names: [%s]}, roles: [reader, writer, group-writer]}]
                """.formatted(NAMESPACE), "apply", "-f", "-");
        cluster.kubectl("label", "namespace", NAMESPACE, "aquifer.dev/inject=enabled");
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");
    }

    @AfterEach
    void remove() throws IOException {
        cluster.kubectl("delete", "namespace", NAMESPACE, "--timeout=120s");
        cluster.kubectl("delete", "persistentvolume", NAMESPACE);
        data.close();
    }

    @Test
    void theSourceKeepsItsOwnersUnlessTheOwnerAllowsOtherwise() throws IOException {
        SourceState before = SourceState.of(data.path());

        run("reader");
        assertThat(exec("reader", "cat /ref/file")).isEqualTo("1");
        assertThatThrownBy(() -> exec("reader", "echo 2 > /ref/file")).hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> cluster.kubectlOn(pod("writer"), "create", "-f", "-"))
                .hasMessageContaining("allowFsGroup");
        assertThat(SourceState.of(data.path())).isEqualTo(before);

        // kubelet looks at the group of a volume that no other pod of its node has mounted; without a grace period this
        // pod would be gone from the API server before that
        cluster.kubectl("-n", NAMESPACE, "delete", "pod", "reader", "--wait");
        run("group-writer");
        exec("group-writer", "echo 2 > /ref/file");
        assertThat(file()).hasContent("2");
        assertThat(Files.getAttribute(file(), "unix:gid")).isEqualTo(GROUP);
    }

    private Path file() {
        return data.path().resolve("file");
    }

    private void run(String role) {
        // refused until admission knows the volume
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> !cluster.kubectlOn(pod(role), "create", "-f", "-").isEmpty());
        cluster.kubectl("-n", NAMESPACE, "wait", "--for=condition=Ready", "pod/" + role, "--timeout=120s");
    }

    private String exec(String pod, String script) {
        return cluster.kubectl("-n", NAMESPACE, "exec", pod, "--", "sh", "-c", script)
                .strip();
    }

    private static String pod(String role) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %2$s, namespace: %1$s, annotations: {aquifer.dev/volumes: ref@%2$s}}
            spec:
              terminationGracePeriodSeconds: 1
              securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: %3$d}
              containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
            """.formatted(NAMESPACE, role, GROUP);
    }
}
