package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.rest.ApiServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one Secret that every node agent mounts: the keys of the datasets that are prefetched, and no others, since whoever
 * breaks into a node reads what is in it.
 */
final class PrefetchKeys {
    private static final String NAME = "aquifer-prefetch-keys";

    private final ApiServer api;
    private final Writer writer;
    private final String namespace;

    PrefetchKeys(ApiServer api, Writer writer, String namespace) {
        this.api = api;
        this.writer = writer;
        this.namespace = namespace;
    }

    /** The keys that are in it now, by dataset; none where it is not there. */
    Map<String, String> read() {
        Map<String, String> keys = new TreeMap<>();
        JsonNode secret = api.find(path());
        if (secret != null) {
            secret.path("data")
                    .properties()
                    .forEach(key -> keys.put(
                            key.getKey(),
                            new String(
                                    Base64.getDecoder().decode(key.getValue().asText()), StandardCharsets.US_ASCII)));
        }
        return keys;
    }

    /** @param keys by dataset, as base64url */
    void write(Map<String, String> keys) {
        ObjectNode secret = OwnObject.of("Secret", namespace, NAME).put("type", "Opaque");
        ObjectNode data = secret.putObject("data");
        keys.forEach((dataset, key) ->
                data.put(dataset, Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII))));
        writer.take(path(), secret);
    }

    /** Takes it away. */
    void remove() {
        JsonNode secret = api.find(path());
        if (secret != null) {
            writer.delete(path(), Writer.uid(secret));
        }
    }

    private String path() {
        return Paths.secret(namespace, NAME);
    }
}
