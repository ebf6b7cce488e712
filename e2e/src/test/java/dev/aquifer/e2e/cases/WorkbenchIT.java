package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 2, workbench: the homes that users have beside the courseware, and a workbench of one namespace. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class WorkbenchIT {
    /** Somebody who administers Bob's namespace and has no right elsewhere. */
    private static final String BOB = "bob";

    /** As a workbench starts it for a user who has a home. */
    private static final String NOTEBOOK = """
            apiVersion: v1
            kind: Pod
            metadata: {name: at-home, labels: {component: singleuser-server}}
            spec:
              terminationGracePeriodSeconds: 1
              securityContext: {runAsUser: 1000, runAsGroup: 1000}
              containers:
                - name: notebook
                  image: "busybox:1"
                  command: [/bin/sleep, "86400"]
                  volumeMounts: [{name: home, mountPath: /home/jovyan}]
              volumes: [{name: home, %s}]
            """;

    private static final Map<String, HostDirectory> HOMES = new TreeMap<>();

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Workbench workbench;

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        workbench = Workbench.open(aquifer);
        for (String user : new String[] {Workbench.ALICE, Workbench.BOB}) {
            HostDirectory home = HostDirectory.make("aquifer-home-");
            HOMES.put(user, home);
            Files.setPosixFilePermissions(home.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.writeString(home.path().resolve("diary"), "of " + user + "\n");
            workbench.applyText("""
                    apiVersion: v1
                    kind: PersistentVolume
                    metadata: {name: home-of-%1$s}
                    spec:
                      capacity: {storage: 1Gi}
                      accessModes: [ReadWriteOnce]
                      persistentVolumeReclaimPolicy: Retain
                      claimRef: {namespace: %1$s, name: home}
                      hostPath: {path: %2$s}
                    ---
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: home, namespace: %1$s}
                    spec:
                      accessModes: [ReadWriteOnce]
                      storageClassName: ""
                      volumeName: home-of-%1$s
                      resources: {requests: {storage: 1Gi}}
                    """.formatted(user, home.path()));
        }
        aquifer.cluster()
                .kubectl("create", "rolebinding", BOB, "-n", Workbench.BOB, "--clusterrole=admin", "--user=" + BOB);
    }

    @AfterEach
    void makeAsItWas() {
        workbench.reset();
    }

    @AfterAll
    static void remove() throws IOException {
        workbench.close();
        for (Map.Entry<String, HostDirectory> home : HOMES.entrySet()) {
            workbench.cluster().kubectl("delete", "pv", "home-of-" + home.getKey());
            home.getValue().close();
        }
    }

    @Test
    void everyUserHasHisOwnHomeBesideTheCoursewareAndNoOther() {
        for (String user : HOMES.keySet()) {
            workbench.applyText(NOTEBOOK.formatted("persistentVolumeClaim: {claimName: home}"), "-n", user);
        }

        for (String user : HOMES.keySet()) {
            workbench.cluster().kubectl("-n", user, "wait", "--for=condition=Ready", "pod/at-home", "--timeout=120s");
            assertThat(exec(user, "cat /home/jovyan/diary /shared/marker")).isEqualTo("of " + user + "\ncourseware\n0");
            assertThat(exec(user, "echo mine > /home/jovyan/mine")).isEqualTo("0");
            for (String other : HOMES.keySet()) {
                assertThat(exec(user, "grep -c %s /proc/self/mountinfo".formatted(home(other))))
                        .as("whether the home of %s is mounted for %s", other, user)
                        .isEqualTo(user.equals(other) ? "1\n0" : "0\n1");
            }
        }
    }

    @Test
    void noUserComesToTheHomeOfAnotherByWhatHeMayMakeHimself() {
        String alices = "home-of-" + Workbench.ALICE;
        for (String source : new String[] {
            "persistentVolume: {name: %s}".formatted(alices),
            "persistentVolume: {name: %s, claimRef: {namespace: %s, name: home}}".formatted(alices, Workbench.ALICE),
            "hostPath: {path: %s}".formatted(home(Workbench.ALICE))
        }) {
            assertThatThrownBy(() -> asBob("""
                    apiVersion: aquifer.dev/v1alpha1
                    kind: SharedVolume
                    metadata: {name: taken}
                    spec:
                      source: {%s}
                      mountPath: /taken
                      roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                      access: [{namespaces: {names: [%s]}, roles: [reader]}]
                    """.formatted(source, Workbench.BOB)))
                    .as(source)
                    .hasMessageContaining("aquifer-admission-cluster-sources");
        }
        assertThatThrownBy(() -> workbench.ask(Workbench.BOB, Workbench.ALICE + "/home"))
                .hasMessageContaining("is not available to service account \"default\"");
        assertThatThrownBy(() -> asBob(NOTEBOOK.formatted("hostPath: {path: %s}".formatted(home(Workbench.ALICE)))))
                .hasMessageContaining("violates PodSecurity \"baseline");
        // the one that he may name is his own
        asBob(NOTEBOOK.formatted("persistentVolumeClaim: {claimName: home}"));
    }

    @Test
    void everyUserReadsTheSameCoursewareFromTheCacheOfTheNode(Installation aquifer) throws IOException {
        NodeAgents agents = new NodeAgents(aquifer);
        long before = agents.metric("aquifer_node_origin_bytes_total");
        workbench.say("{\"readPath\": \"Cached\"}");
        workbench
                .cluster()
                .kubectl(
                        "-n",
                        Workbench.OWNER,
                        "wait",
                        "--for=condition=Cached",
                        "sharedvolume/shared",
                        "--timeout=120s");

        for (String user : HOMES.keySet()) {
            workbench.awaitInjection(user);
            workbench.run(user, "notebook");

            assertThat(workbench.probe(user, "notebook", "/shared")).isEqualTo("RO");
            assertThat(workbench.probe(user, "notebook", "/shared/lessons")).isEqualTo("RO");
            assertThat(workbench.probe(user, "notebook", "/shared/drafts")).isEqualTo("hidden");
            assertThat(workbench.exec(user, "notebook", "grep ' /shared ' /proc/self/mountinfo"))
                    .contains("/snapshots/");
        }
        assertThat(agents.metric("aquifer_node_origin_bytes_total") - before).isEqualTo(bytesThatNoRoleWrites());
    }

    private static long bytesThatNoRoleWrites() throws IOException {
        try (Stream<Path> paths = Files.walk(workbench.data())) {
            return paths.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                            && !path.startsWith(workbench.data().resolve("drafts")))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }

    @Test
    void aWorkbenchOfOneNamespaceReadsTheCoursewareToo() throws IOException {
        workbench.cluster().kubectl("label", "namespace", Workbench.OWNER, "aquifer.dev/inject=enabled");
        try {
            workbench.say("{\"access\": [{\"namespaces\": {\"names\": [\"%s\"]}, \"roles\": [\"reader\"]}]}"
                    .formatted(Workbench.OWNER));
            workbench.awaitInjection(Workbench.OWNER);
            workbench.run(Workbench.OWNER, "notebook");

            assertThat(workbench.probe(Workbench.OWNER, "notebook", "/shared")).isEqualTo("RO");
            assertThat(workbench.probe(Workbench.OWNER, "notebook", "/shared/lessons"))
                    .isEqualTo("RO");
            assertThat(workbench.probe(Workbench.OWNER, "notebook", "/shared/drafts"))
                    .isEqualTo("hidden");
        } finally {
            workbench.remove(Workbench.OWNER, "notebook");
            workbench.cluster().kubectl("label", "namespace", Workbench.OWNER, "aquifer.dev/inject-");
        }
    }

    private static void asBob(String manifest) {
        workbench.applyText(manifest, "-n", Workbench.BOB, "--as=" + BOB);
    }

    private static String exec(String user, String script) {
        return workbench.exec(user, "at-home", script);
    }

    /** Where a user's home is on the node. */
    private static String home(String user) {
        return Objects.requireNonNull(HOMES.get(user)).path().toString();
    }
}
