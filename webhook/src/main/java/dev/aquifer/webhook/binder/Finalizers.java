package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;

/** Sets our finalizer and takes it away; others' stay. */
final class Finalizers {
    private final Writer writer;

    Finalizers(Writer writer) {
        this.writer = writer;
    }

    /** Comes before the first object of a pair. */
    JsonNode hold(Versioned<Shared> volume) {
        Shared shared = volume.value();
        ArrayNode finalizers = others(shared.finalizers()).add(Shared.FINALIZER);
        return write(shared.path(), shared.uid(), volume.resourceVersion(), finalizers);
    }

    /** The SharedVolume may go: the deletion of all its pairs was requested. */
    void release(Versioned<Shared> volume) {
        Shared shared = volume.value();
        try {
            release(shared.path(), shared.uid(), volume.resourceVersion(), shared.finalizers());
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /**
     * Takes it off this version of a SharedVolume.
     *
     * @param finalizers all that it has
     * @throws ApiException when it is not there any more, or in another version
     */
    void release(String path, String uid, String resourceVersion, List<String> finalizers) {
        write(path, uid, resourceVersion, others(finalizers));
    }

    private JsonNode write(String path, String uid, String resourceVersion, ArrayNode finalizers) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", uid).put("resourceVersion", resourceVersion);
        metadata.set("finalizers", finalizers);
        return writer.merge(path, patch);
    }

    private static ArrayNode others(List<String> finalizers) {
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        finalizers.stream()
                .filter(finalizer -> !finalizer.equals(Shared.FINALIZER))
                .forEach(others::add);
        return others;
    }
}
