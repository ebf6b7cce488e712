package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.testing.PretendedApiServer;
import dev.aquifer.webhook.testing.PretendedList;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lists of a server that has long objects at the end. */
final class ListedPagesTest {
    private static final int MIB = 1 << 20;
    private static final int OBJECTS = 40;
    private static final int FIRST_LONG = 20;

    private final PretendedList objects = new PretendedList("NamespaceList", OBJECTS, ListedPagesTest::object);

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
        assertThat(objects.limits()).startsWith(500, 62, 7);
        // what is on its way in the buffers of both ends was sent too
        assertThat(objects.sent()).allSatisfy(bytes -> assertThat(bytes).isLessThan(2 * ListedPages.LONG));
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getQuery().contains("watch=true")) {
            PretendedApiServer.answer(exchange, 503, "{}");
        } else {
            objects.handle(exchange);
        }
    }

    private static String object(int at) {
        return "{\"metadata\":{\"name\":\"n-%d\",\"resourceVersion\":\"1\",\"annotations\":{\"long\":\"%s\"}}}"
                .formatted(at, "x".repeat(at < FIRST_LONG ? 1 : 3 * MIB / 2));
    }
}
