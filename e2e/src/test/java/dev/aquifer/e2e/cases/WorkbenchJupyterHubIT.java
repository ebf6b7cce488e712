package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.OnlyInDrills;
import dev.aquifer.e2e.Workbench;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Case 2 with the real workbench: a JupyterHub makes a namespace for each user and a pod in it at once, by KubeSpawner, and
 * in the pods real notebook servers have the courseware. The hub knows nothing of volumes and has no right to claims. With {@code -Pdrills} only: it takes
 * minutes, and programs from package registries.
 */
@NeedsRoot
@OnlyInDrills
@ExtendWith(OnInstallation.class)
class WorkbenchJupyterHubIT {
    private static final Path ACCOUNT = Path.of("../manifests/examples/workbench/jupyterhub.yaml");
    private static final List<String> USERS = List.of("dora", "emil");
    private static final Map<String, String> TOKENS = new HashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static Workbench workbench;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static WorkbenchJupyterHub hub;

    @BeforeAll
    static void start(Installation aquifer) throws IOException {
        Programs programs = Programs.on(aquifer.cluster(), "jupyterhub");
        workbench = Workbench.open(aquifer);
        aquifer.cluster().kubectl("apply", "-f", ACCOUNT.toString());
        hub = WorkbenchJupyterHub.start(aquifer, programs, folder);
        for (String user : USERS) {
            TOKENS.put(user, hub.join(user));
        }
        USERS.forEach(hub::spawn);
        USERS.forEach(hub::awaitServer);
    }

    @AfterAll
    static void end(Installation aquifer) throws IOException {
        hub.close();
        for (String user : USERS) {
            aquifer.cluster().kubectl("delete", "namespace", "user-" + user, "--ignore-not-found", "--wait=false");
        }
        aquifer.cluster().kubectl("delete", "-f", ACCOUNT.toString(), "--wait=false");
        workbench.close();
    }

    @Test
    void everyUserReadsTheCoursewareInHisNotebook() {
        for (String user : USERS) {
            assertThat(content(user, "/shared/lessons/marker").path("content").asText())
                    .isEqualTo("welcome\n");
            assertThat(content(user, "/shared/drafts").path("content")).isEmpty();
        }
    }

    @Test
    void noUserWritesIt() {
        HttpResponse<String> refused = hub.file("dora", token("dora"), "/shared/lessons/mine", "mine");

        assertThat(refused.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(workbench.data().resolve("lessons/mine")).doesNotExist();
        assertThat(hub.file("dora", token("dora"), "/tmp/mine", "mine").statusCode())
                .isEqualTo(201);
    }

    @Test
    void noUserReachesTheServerOfAnother() {
        assertThat(hub.file("emil", token("dora"), "/shared/lessons/marker").statusCode())
                .isEqualTo(403);
    }

    @Test
    void aServerThatIsStartedAgainHasItAgain() {
        hub.stop("emil");

        hub.spawn("emil");
        hub.awaitServer("emil");

        assertThat(content("emil", "/shared/lessons/marker").path("content").asText())
                .isEqualTo("welcome\n");
    }

    @Test
    void theHubMakesNamespacesAndPodsAndKnowsNothingOfClaims() {
        for (String user : USERS) {
            assertThat(workbench
                            .cluster()
                            .kubectl(
                                    "-n",
                                    "user-" + user,
                                    "get",
                                    "pods",
                                    "-l",
                                    "component=singleuser-server",
                                    "-o",
                                    "jsonpath={.items[*].metadata.annotations}"))
                    .contains("courseware/shared");
        }
        assertThatThrownBy(() -> workbench
                        .cluster()
                        .kubectl("auth", "can-i", "get", "pvc", "-A", "--as=system:serviceaccount:jupyterhub:hub"))
                .hasMessageContaining("no");
    }

    private static JsonNode content(String user, String path) {
        HttpResponse<String> answer = hub.file(user, token(user), path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WorkbenchJupyterHub.read(answer);
    }

    private static String token(String user) {
        return Objects.requireNonNull(TOKENS.get(user));
    }
}
