package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.origin.Origin;
import dev.aquifer.webhook.origin.OriginObjects;
import dev.aquifer.webhook.rest.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the objects of origins in their owners' namespaces, and takes them away. */
final class OriginWriter {
    /** In which admission publishes whom to trust. */
    private static final String AUTHORITY = "aquifer-authority";

    private static final Logger LOG = LoggerFactory.getLogger(OriginWriter.class);

    /** The kinds, those that others need last. */
    private static final List<String> KINDS =
            List.of("Deployment", "NetworkPolicy", "Service", "ConfigMap", "ServiceAccount");

    private final JsonMapper json = JsonMapper.builder().build();
    private final ApiServer api;
    private final Writer writer;

    OriginWriter(ApiServer api, Writer writer) {
        this.api = api;
        this.writer = writer;
    }

    /** Whom to trust, as PEM; null before admission has said it. */
    @Nullable String authorities(String namespace) {
        JsonNode found = api.find(Paths.ofKind("ConfigMap", namespace, AUTHORITY));
        String pem = found == null ? "" : found.path("data").path("ca.crt").asText();
        return pem.isEmpty() ? null : pem;
    }

    /** Returns the Deployment as it is now. */
    JsonNode apply(Origin origin) {
        JsonNode last = json.createObjectNode();
        for (HasMetadata object : OriginObjects.of(origin)) {
            last = writer.take(
                    Paths.ofKind(
                            object.getKind(),
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName()),
                    json.valueToTree(object));
        }
        return last;
    }

    /** Takes what carries the labels of this volume's origin, and nothing else of its name. */
    void remove(String namespace, String name, String volumeUid) {
        for (String kind : KINDS) {
            String path = Paths.ofKind(kind, namespace, name);
            JsonNode found = api.find(path);
            if (found != null
                    && found.at("/metadata/labels")
                            .path(PairLabels.VOLUME_UID)
                            .asText()
                            .equals(volumeUid)) {
                LOG.info("deleting origin kind={} namespace={} name={}", kind, namespace, name);
                writer.delete(path, Writer.uid(found));
            }
        }
    }
}
