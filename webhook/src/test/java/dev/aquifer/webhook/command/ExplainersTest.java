package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.command.explain.DryRun;
import dev.aquifer.webhook.command.explain.Explaining;
import dev.aquifer.webhook.command.lookup.ClusterObjects;
import dev.aquifer.webhook.command.lookup.ReachableObjects;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainersTest {
    private static final String TENANT = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: anna}
            """;
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: own
            contexts: [{name: own, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://localhost:1"}}]
            users: [{name: u, user: {token: t}}]
            """;

    @TempDir
    private Path folder;

    @Test
    void asksTheCodeThatAdmitsOfFiles() {
        assertThat(new Explainers(Manifest.of(TENANT), null, null).of("anna")).isInstanceOf(Explaining.class);
    }

    @Test
    void knowsNoNamespaceThatTheFilesLeaveOut() {
        var explainers = new Explainers(Manifest.of(TENANT), null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> explainers.of("bob"))
                .withMessageStartingWith("expected namespace bob, found none of this name");
    }

    @Test
    void asksTheCodeThatAdmitsWhereAllVolumesAreSeen() throws IOException {
        try (Connection connection = connection()) {
            assertThat(new Explainers(Manifest.of(TENANT), connection, null).of("anna"))
                    .isInstanceOf(Explaining.class);
        }
    }

    @Test
    void asksTheAdmissionThatRunsForWhoeverSeesNoVolumes() throws IOException {
        try (Connection connection = connection()) {
            assertThat(new Explainers(new RefusedObjects(403), connection, null).of("anna"))
                    .isInstanceOf(DryRun.class);
        }
    }

    @Test
    void asksTheAdmissionThatRunsForWhoeverSeesVolumesOfOneNamespace() throws IOException {
        try (Connection connection = connection();
                PretendedApiServer server = new PretendedApiServer("/", ExplainersTest::listOfAnna)) {
            var objects = new ReachableObjects(new ClusterObjects(new ApiServer(server.client())), "anna");
            assertThat(new Explainers(objects, connection, null).of("anna")).isInstanceOf(DryRun.class);
        }
    }

    @Test
    void goesOnWithNoOtherFailure() throws IOException {
        try (Connection connection = connection()) {
            var explainers = new Explainers(new RefusedObjects(500), connection, null);

            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> explainers.of("anna"));
        }
    }

    /** Lists of all namespaces are refused. */
    private static void listOfAnna(HttpExchange exchange) throws IOException {
        boolean own = exchange.getRequestURI().getPath().contains("/namespaces/anna/");
        PretendedApiServer.answer(exchange, own ? 200 : 403, own ? "{\"items\": []}" : "{\"message\": \"no\"}");
    }

    private Connection connection() throws IOException {
        return Connection.to(Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG), null);
    }
}
