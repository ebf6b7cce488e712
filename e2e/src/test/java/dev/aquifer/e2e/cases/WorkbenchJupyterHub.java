package dev.aquifer.e2e.cases;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Asking;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.OwnAddress;
import dev.aquifer.e2e.Ports;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A JupyterHub of this machine, outside of the cluster, with the rights of the example's account in it. Closing it ends the
 * servers of its users, too.
 */
final class WorkbenchJupyterHub implements AutoCloseable {
    /** Of the hub itself, for which the test speaks. */
    static final String TOKEN = UUID.randomUUID().toString();

    private static final Path EXAMPLE = Path.of("../manifests/examples/workbench/jupyterhub_config.py");
    private static final Path CONFIGURATION = Path.of("src/test/resources/workbench/jupyterhub_config.py");
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SPAWN = Duration.ofMinutes(6);
    private static final Duration END = Duration.ofMinutes(1);

    // the proxy takes an offer of HTTP/2 for a WebSocket
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;

    private WorkbenchJupyterHub(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it for an installation's cluster, on which the example's account is, with its data in a folder. */
    static WorkbenchJupyterHub start(Installation aquifer, Programs programs, Path folder) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(aquifer));
        String host = OwnAddress.towards(
                        URI.create(aquifer.client().getConfiguration().getMasterUrl()))
                .getHostAddress();
        int port = Ports.free();
        ProcessBuilder hub = new ProcessBuilder(
                        "python3",
                        "-m",
                        "jupyterhub",
                        "--config",
                        CONFIGURATION.toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("hub.log").toFile());
        hub.environment()
                .putAll(Map.of(
                        "PYTHONPATH", programs.site().toString(),
                        "KUBECONFIG", kubeconfig.toString(),
                        "EXAMPLE", EXAMPLE.toAbsolutePath().toString(),
                        "PROGRAMS", programs.folder().toString(),
                        "HUB_HOST", host,
                        "HUB_PORTS", "%d,%d,%d".formatted(Ports.free(), port, Ports.free()),
                        "HUB_TOKEN", TOKEN));
        WorkbenchJupyterHub started = new WorkbenchJupyterHub(hub.start(), port);
        try {
            await("see " + folder.resolve("hub.log"))
                    .atMost(START)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> started.get("/hub/api/", TOKEN).statusCode() == 200);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static String kubeconfig(Installation aquifer) {
        Config administrator = aquifer.client().getConfiguration();
        String token = aquifer.cluster()
                .kubectl("create", "token", "hub", "-n", "jupyterhub", "--duration=2h")
                .strip();
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: hub, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: hub, namespace: jupyterhub}}]
                current-context: it
                """.formatted(administrator.getMasterUrl(), administrator.getCaCertData(), token);
    }

    /** Makes a user, who has a token from then on. */
    String join(String user) {
        expect(201, send("POST", "/hub/api/users/" + user, TOKEN, ""));
        HttpResponse<String> made = expect(201, send("POST", "/hub/api/users/%s/tokens".formatted(user), TOKEN, "{}"));
        return read(made).path("token").asText();
    }

    /** Has the user's server started; it is not there yet. */
    void spawn(String user) {
        HttpResponse<String> answer = send("POST", "/hub/api/users/%s/server".formatted(user), TOKEN, "");
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("expected a server of %s, found %s".formatted(user, answer.body()));
        }
    }

    void awaitServer(String user) {
        await("the server of " + user)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(SPAWN)
                .until(() -> read(get("/hub/api/users/" + user, TOKEN))
                        .at("/servers//ready")
                        .asBoolean());
    }

    /** Ends the user's server and waits until it is gone. */
    void stop(String user) {
        send("DELETE", "/hub/api/users/%s/server".formatted(user), TOKEN, "");
        await("the end of the server of " + user)
                .atMost(END)
                .until(() -> read(get("/hub/api/users/" + user, TOKEN))
                        .path("servers")
                        .isEmpty());
    }

    /** What the user's server answers about a path of its pod; a body is a file to write there. */
    HttpResponse<String> file(String user, String token, String path, String... content) {
        String url = "/user/%s/api/contents%s".formatted(user, path);
        if (content.length == 0) {
            return get(url, token);
        }
        return send(
                "PUT",
                url,
                token,
                Serialization.asJson(Map.of("type", "file", "format", "text", "content", content[0])));
    }

    static JsonNode read(HttpResponse<String> answer) {
        return Serialization.unmarshal(answer.body(), JsonNode.class);
    }

    private HttpResponse<String> get(String path, String token) {
        return send("GET", path, token, "");
    }

    private static HttpResponse<String> expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException("expected %d of %s, found %d: %s"
                    .formatted(status, answer.uri(), answer.statusCode(), answer.body()));
        }
        return answer;
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        return Asking.send(
                http,
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "token " + token)
                        .timeout(SPAWN)
                        .method(method, BodyPublishers.ofString(body))
                        .build());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
