package dev.aquifer.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.SourceState;
import dev.aquifer.e2e.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Directories that roles need are made in the source, by a Job that is not root, and nothing that is there is touched. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class DirectoriesIT {
    private static final int USER = 1234;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Workbench workbench;

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        workbench = Workbench.open(aquifer);
    }

    @AfterEach
    void makeAsItWas() {
        workbench.reset();
    }

    @AfterAll
    static void remove() throws IOException {
        workbench.close();
    }

    @Test
    void missingOnesAreMadeAsTheUserWhoMay() throws IOException {
        Files.setAttribute(workbench.data(), "unix:uid", USER);
        SourceState before = workbench.state();

        needs("submissions/2026");

        awaitPaths("shared", "True", "submissions/2026");
        Path made = workbench.data().resolve("submissions/2026");
        assertThat((Integer) Files.getAttribute(made, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777)
                .isEqualTo(02775);
        assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(USER);
        assertThat(workbench.state().files()).containsAllEntriesOf(without(before, ""));
        workbench.awaitInjection(Workbench.BOB);
    }

    @Test
    void oneThatCannotBeMadeIsNamedWithWhatToDo() throws IOException {
        SourceState before = workbench.state();

        needs("marker");

        awaitPaths("shared", "False", "marker: is a file");
        assertThatThrownBy(() -> workbench.ask(Workbench.BOB, "courseware/shared"))
                .hasMessageContaining("PathsReady");
        assertThat(workbench.state()).isEqualTo(before);
    }

    /** A pod, an origin or a Job that mounted it by subPath would have kubelet make it. */
    @Test
    void aSubdirectoryThatIsMistypedIsNamedAndNeverMade() throws IOException {
        SourceState before = workbench.state();

        workbench.say("{\"source\": {\"subdirectory\": \"nosuch\"}}");
        try {
            awaitPaths("shared", "False", "/nosuch: is not in the source");
            assertThatThrownBy(() -> workbench.ask(Workbench.BOB, "courseware/shared"))
                    .hasMessageContaining("PathsReady");
            assertThat(workbench.state()).isEqualTo(before);
        } finally {
            workbench.say("{\"source\": {\"subdirectory\": null}}");
        }
    }

    @Test
    void missingOnesAreMadeInASourceThatIsNoClaim() throws IOException {
        Files.setAttribute(workbench.data(), "unix:uid", USER);
        SourceState before = workbench.state();

        workbench
                .cluster()
                .kubectl("label", "namespace", Workbench.OWNER, "aquifer.dev/cluster-sources=allowed", "--overwrite");
        workbench.applyText("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: plain, namespace: %1$s}
                spec:
                  source: {hostPath: {path: %2$s}}
                  mountPath: /plain
                  directories: {runAsUser: %3$d, runAsGroup: %3$d}
                  roles: [{name: reader, paths: [{path: inbox/new, access: ReadOnly}]}]
                  access: [{namespaces: {names: [%4$s]}, roles: [reader]}]
                """.formatted(Workbench.OWNER, workbench.data(), USER, Workbench.BOB));

        awaitPaths("plain", "True", "inbox/new");
        assertThat(Files.getAttribute(workbench.data().resolve("inbox/new"), "unix:uid"))
                .isEqualTo(USER);
        assertThat(workbench.state().files()).containsAllEntriesOf(without(before, ""));
        // nobody keeps a way to write that no role gives: what is left of the claim goes with the Job's pod
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        workbench.claims(Workbench.OWNER, "rw").stream().noneMatch(claim -> claim.endsWith("<none>")));
    }

    /** Lets the readers' role have a directory of its own, which the Job is to make. */
    private static void needs(String path) {
        workbench
                .cluster()
                .kubectl("-n", Workbench.OWNER, "patch", "sharedvolume", "shared", "--type=json", "-p", """
                        [{"op":"add","path":"/spec/directories","value":{"runAsUser":%d,"runAsGroup":%d}},
                         {"op":"replace","path":"/spec/roles/0/paths","value":[{"path":"%s","access":"ReadWrite"}]}]""".formatted(
                                USER, USER, path));
    }

    private static void awaitPaths(String volume, String status, String message) {
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(workbench
                                .cluster()
                                .kubectl(
                                        "-n",
                                        Workbench.OWNER,
                                        "get",
                                        "sharedvolume",
                                        volume,
                                        "-o",
                                        "jsonpath={.status.conditions[?(@.type==\"PathsReady\")]['status','message']}"))
                        .startsWith(status)
                        .contains(message));
    }

    /** The state without a file whose time of change is allowed to be another. */
    private static Map<String, String> without(SourceState state, String file) {
        var rest = new TreeMap<>(state.files());
        rest.remove(file);
        return rest;
    }
}
