package dev.aquifer.webhook.binder.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DatasetKeysTest {
    private static final String OURS = "aquifer.dev/shared-volume-uid=uid";

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final Set<String> named = new HashSet<>();
    private PretendedApiServer server;
    private DatasetKeys keys;

    @BeforeEach
    void begin() throws IOException {
        server = new PretendedApiServer("/api/v1", this::answer);
        ApiServer api = new ApiServer(server.client());
        keys = new DatasetKeys(api, new Writer(api, () -> true), "aquifer-system");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void anOwnerWhoMovesHisSourceAgainAndAgainLeavesNoKeyForEachOfThem() {
        FoundDatasets found = new FoundDatasets(keys);
        for (int i = 0; i < 100; i++) {
            found.note("uid", dataset(i));
            keys.sha256(dataset(i), "uid");
        }

        assertThat(stored).hasSizeLessThanOrEqualTo(16).containsKey(dataset(99).keySecret());
        assertThat(keys.known(dataset(98).id())).isNull();
        assertThat(keys.known(dataset(99).id())).isNotNull();
    }

    @Test
    void aKeyThatAPairsVolumeNamesStays() {
        named.add(dataset(0).keySecret());
        String before = keys.sha256(dataset(0), "uid");
        keys.sha256(dataset(1), "uid");
        keys.sha256(dataset(2), "uid");

        assertThat(stored).containsOnlyKeys(dataset(0).keySecret(), dataset(2).keySecret());
        assertThat(keys.sha256(dataset(0), "uid")).isEqualTo(before);
    }

    @Test
    void nothingIsRemovedWhileTheSourceIsTheSame() {
        keys.sha256(dataset(0), "uid");
        stored.put("aquifer-key-of-an-earlier-leader", "{}");

        keys.sha256(dataset(0), "uid");

        assertThat(stored).hasSize(2);
    }

    private static Dataset dataset(int number) {
        return new Dataset(
                "%032x".formatted(number), "lab/ref", "lab", "aquifer-origin-o", "data", "v" + number, false);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/v1/persistentvolumes")) {
            PretendedApiServer.answer(exchange, 200, volumes());
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                String secret = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                stored.put(
                        JsonMapper.builder()
                                .build()
                                .readTree(secret)
                                .at("/metadata/name")
                                .asText(),
                        secret);
                PretendedApiServer.answer(exchange, 201, secret);
            }
            case "DELETE" -> {
                remove(exchange.getRequestURI().getQuery().split("&"));
                PretendedApiServer.answer(exchange, 200, "{}");
            }
            default -> {
                String found = stored.get(path.substring(path.lastIndexOf('/') + 1));
                PretendedApiServer.answer(exchange, found == null ? 404 : 200, found == null ? "{}" : found);
            }
        }
    }

    private String volumes() {
        return named.stream()
                .map(
                        "{\"spec\": {\"csi\": {\"driver\": \"node.aquifer.dev\", \"nodePublishSecretRef\": {\"name\": \"%s\"}}}}"
                                ::formatted)
                .collect(Collectors.joining(", ", "{\"kind\": \"List\", \"items\": [", "]}"));
    }

    /** All that the selectors select, which here are all of one volume. */
    private void remove(String... selectors) {
        assertThat(selectors).hasSize(2).startsWith("labelSelector=" + OURS);
        List<String> kept = Arrays.stream(
                        selectors[1].substring("fieldSelector=".length()).split(","))
                .map(field -> field.substring("metadata.name!=".length()))
                .toList();
        stored.keySet().retainAll(kept);
    }
}
