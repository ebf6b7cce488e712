package dev.aquifer.webhook.binder.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Everything that the binder writes passes here, and nothing does once the lease is lost. */
public final class Writer {
    /** The field manager of all that is ours. */
    static final String MANAGER = "aquifer-binder";

    private static final String JSON = "application/json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String BY_US = "?fieldManager=" + MANAGER;

    private final ApiServer api;
    private final BooleanSupplier mayWrite;

    public Writer(ApiServer api, BooleanSupplier mayWrite) {
        this.api = api;
        this.mayWrite = mayWrite;
    }

    public boolean mayWrite() {
        return mayWrite.getAsBoolean();
    }

    /** Fails where something of this name is. */
    public JsonNode create(String collection, JsonNode object) {
        return send("POST", collection + BY_US, JSON, object);
    }

    /** Server-side apply that never takes a field from another manager: that fails as a conflict. */
    public JsonNode apply(String path, JsonNode object) {
        return send("PATCH", path + BY_US, APPLY, object);
    }

    /** As {@link #apply}, and takes each field from whoever else holds it: for objects of which every field is ours. */
    public JsonNode take(String path, JsonNode object) {
        return send("PATCH", path + BY_US + "&force=true", APPLY, object);
    }

    /** With metadata.uid or metadata.resourceVersion in it, only that object, or that version of it, is changed. */
    public JsonNode merge(String path, JsonNode patch) {
        return send("PATCH", path + BY_US, MERGE, patch);
    }

    /** The UID of an object: which one it is of all that have had its name. */
    public static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    /** Requests the deletion of the object of this UID; one that is not there any more is as good as deleted. */
    public void delete(String path, String uid) {
        delete(path, uid, null);
    }

    /**
     * As {@link #delete(String, String)}.
     *
     * @param graceSeconds how long a pod has to end; null for as long as it says itself
     */
    public void delete(String path, String uid, @Nullable Long graceSeconds) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.putObject("preconditions").put("uid", uid);
        if (graceSeconds != null) {
            options.put("gracePeriodSeconds", graceSeconds);
        }
        try {
            send("DELETE", path, JSON, options);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    /**
     * Requests the deletion of all that is selected.
     *
     * @param selected a collection with a selector
     */
    public void deleteAll(String selected) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        send("DELETE", selected, JSON, options);
    }

    private JsonNode send(String method, String path, String type, JsonNode body) {
        if (!mayWrite()) {
            throw new NotLeadingException();
        }
        return api.send(method, path, type, body, mayWrite);
    }
}
