package dev.aquifer.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aquifer.webhook.testing.OwnProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. There is no cluster: it waits for one, and says so. */
final class MainTest {
    private static final Pattern PORT = Pattern.compile("managementPort=(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWithZeroWhenItIsToldToStop() throws Exception {
        Process program = start("--log-format=json", "--drain=0s");
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("started"));
        program.destroy();
        assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(log()).contains("stopping", "stopped");
    }

    @Test
    void logsOneJsonObjectALine() throws Exception {
        start("--log-format=json");
        await().atMost(Duration.ofMinutes(1)).until(() -> log().contains("started"));
        for (String line : Files.readAllLines(folder.resolve("log"), UTF_8)) {
            JsonNode event = new ObjectMapper().readTree(line);
            assertThat(event.path("level").asText()).isNotEmpty();
            assertThat(event.path("message").asText()
                            + event.path("formattedMessage").asText())
                    .isNotEmpty();
        }
    }

    @Test
    void livesButIsNotReadyBeforeItKnowsTheCluster() throws Exception {
        start();
        await().atMost(Duration.ofMinutes(1)).until(() -> PORT.matcher(log()).find());

        assertThat(get("/livez").statusCode()).isEqualTo(200);
        HttpResponse<String> ready = get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("[-]cluster: the namespaces have not been listed yet\n");
    }

    @Test
    void endsWithOneAndNamesThePortThatIsTaken() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Process program = start("--management-port=" + taken.getLocalPort());
            assertThat(program.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(program.exitValue()).isEqualTo(1);
            assertThat(log()).contains("failed to start").contains("Address already in use");
        }
    }

    private Process start(String... more) throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                users: [{name: none, user: {token: none}}]
                current-context: none
                """);
        List<String> line = new ArrayList<>(
                OwnProgram.line(Main.class, "admission", "--host=127.0.0.1", "--namespace=none", "--port=0"));
        line.addAll(List.of(more));
        if (List.of(more).stream().noneMatch(argument -> argument.startsWith("--management-port"))) {
            line.add("--management-port=0");
        }
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        Matcher port = PORT.matcher(log());
        assertThat(port.find()).isTrue();
        URI uri = URI.create("http://127.0.0.1:%s%s".formatted(port.group(1), path));
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"), UTF_8);
    }
}
