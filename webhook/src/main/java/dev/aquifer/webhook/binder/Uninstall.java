package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the binder's finalizer off all SharedVolumes, so that they can be deleted when no binder runs any more. Pairs
 * stay: pods that use them go on. Needs list and patch of sharedvolumes.aquifer.dev.
 */
public final class Uninstall {
    private static final Logger LOG = LoggerFactory.getLogger(Uninstall.class);
    private static final int ATTEMPTS = 5;

    private final ApiServer api;
    private final Writer writer;

    public Uninstall(KubernetesClient client) {
        api = new ApiServer(client);
        writer = new Writer(api, () -> true);
    }

    /**
     * Returns how many it took off; 0 where the definition of SharedVolume is gone.
     *
     * @throws IllegalStateException when some are still there after some attempts, saying how to go on
     */
    public int run() {
        int released = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int held = pass();
            if (held == 0) {
                return released;
            }
            released += held;
        }
        throw new IllegalStateException("expected no SharedVolume with the finalizer " + Shared.FINALIZER
                + ", found some after " + ATTEMPTS + " attempts: end the binder that still runs, and try again");
    }

    /** One look at all of them; returns how many had the finalizer. */
    private int pass() {
        List<JsonNode> held = new ArrayList<>();
        api.list(Paths.SHARED_VOLUMES, volume -> {
            if (isHeld(volume)) {
                held.add(volume);
            }
        });
        held.forEach(this::release);
        return held.size();
    }

    private static boolean isHeld(JsonNode volume) {
        for (JsonNode finalizer : volume.path("metadata").path("finalizers")) {
            if (finalizer.asText().equals(Shared.FINALIZER)) {
                return true;
            }
        }
        return false;
    }

    private void release(JsonNode volume) {
        JsonNode metadata = volume.path("metadata");
        String owner = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ArrayNode others = patch.putObject("metadata")
                .put("resourceVersion", metadata.path("resourceVersion").asText())
                .putArray("finalizers");
        for (JsonNode finalizer : metadata.path("finalizers")) {
            if (!finalizer.asText().equals(Shared.FINALIZER)) {
                others.add(finalizer);
            }
        }
        try {
            writer.merge(Paths.sharedVolume(owner, name), patch);
            LOG.info("released SharedVolume owner={} name={}", owner, name);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
