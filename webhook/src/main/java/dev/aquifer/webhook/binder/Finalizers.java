package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.rest.ApiException;

/** Sets our finalizer and takes it away; others' stay. */
final class Finalizers {
    private final Writer writer;

    Finalizers(Writer writer) {
        this.writer = writer;
    }

    /** Comes before the first object of a pair. */
    JsonNode hold(Versioned<Shared> volume) {
        ArrayNode finalizers = others(volume.value());
        finalizers.add(Shared.FINALIZER);
        return write(volume, finalizers);
    }

    /** The SharedVolume may go: the deletion of all its pairs was requested. */
    void release(Versioned<Shared> volume) {
        try {
            write(volume, others(volume.value()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private JsonNode write(Versioned<Shared> volume, ArrayNode finalizers) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", volume.value().uid()).put("resourceVersion", volume.resourceVersion());
        metadata.set("finalizers", finalizers);
        return writer.merge(volume.value().path(), patch);
    }

    private static ArrayNode others(Shared volume) {
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        volume.finalizers().stream()
                .filter(finalizer -> !finalizer.equals(Shared.FINALIZER))
                .forEach(others::add);
        return others;
    }
}
