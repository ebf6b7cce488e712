package dev.aquifer.webhook.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.testing.PretendedApiServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Lists of a server that has long objects at the end. */
final class ListedPagesTest {
    private static final int MIB = 1 << 20;
    private static final int OBJECTS = 40;
    private static final int FIRST_LONG = 20;
    private static final Pattern NUMBER = Pattern.compile("(limit|continue)=([0-9]+)");

    private final List<Integer> limits = new CopyOnWriteArrayList<>();
    private final List<Integer> sent = new CopyOnWriteArrayList<>();

    @Test
    void takesAllObjectsHoweverLongTheyAreAndNoLongPage() throws IOException {
        try (var server = new PretendedApiServer("/api/v1/namespaces", this::answer);
                KubernetesClient client = ClusterClient.create(
                        new ConfigBuilder(server.client().getConfiguration()).build(), PulseRate.DEFAULT)) {
            BasicItemStore<Namespace> store =
                    new BasicItemStore<>(namespace -> namespace.getMetadata().getName());
            try (Watched<Namespace> watched = new Watched<>("Namespace", client.namespaces(), store)) {
                watched.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> store.size() == OBJECTS);
            }
        }
        assertThat(limits).startsWith(500, 62, 7);
        // what is on its way in the buffers of both ends was sent too
        assertThat(sent).allSatisfy(bytes -> assertThat(bytes).isLessThan(2 * ListedPages.LONG));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query.contains("watch=true")) {
            PretendedApiServer.answer(exchange, 503, "{}");
            return;
        }
        int limit = number("limit", query);
        int from = number("continue", query);
        limits.add(limit);
        int end = Math.min(OBJECTS, from + limit);
        int bytes = 0;
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            bytes += write(
                    body,
                    "{\"kind\":\"NamespaceList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"%s},\"items\":["
                            .formatted(end == OBJECTS ? "" : ",\"continue\":\"" + end + "\""));
            for (int at = from; at < end; at++) {
                bytes += write(body, object(at, at == from ? "" : ","));
            }
            bytes += write(body, "]}");
        } catch (IOException _) {
            // the other end has enough
        } finally {
            sent.add(bytes);
        }
    }

    private static String object(int at, String before) {
        return "%s{\"metadata\":{\"name\":\"n-%d\",\"resourceVersion\":\"1\",\"annotations\":{\"long\":\"%s\"}}}"
                .formatted(before, at, "x".repeat(at < FIRST_LONG ? 1 : 3 * MIB / 2));
    }

    private static int write(OutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        body.write(bytes);
        return bytes.length;
    }

    private static int number(String name, String query) {
        Matcher matcher = NUMBER.matcher(query);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Integer.parseInt(matcher.group(2));
            }
        }
        return 0;
    }
}
