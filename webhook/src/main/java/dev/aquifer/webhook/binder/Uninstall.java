package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
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
    private final Finalizers finalizers;

    public Uninstall(KubernetesClient client) {
        api = new ApiServer(client);
        finalizers = new Finalizers(new Writer(api, () -> true));
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
            if (finalizers(volume).contains(Shared.FINALIZER)) {
                held.add(volume);
            }
        });
        held.forEach(this::release);
        return held.size();
    }

    private static List<String> finalizers(JsonNode volume) {
        return volume.at("/metadata/finalizers")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    private void release(JsonNode volume) {
        JsonNode metadata = volume.path("metadata");
        String owner = metadata.path("namespace").asText();
        String name = metadata.path("name").asText();
        try {
            finalizers.release(
                    Paths.sharedVolume(owner, name),
                    metadata.path("uid").asText(),
                    metadata.path("resourceVersion").asText(),
                    finalizers(volume));
            LOG.info("released SharedVolume owner={} name={}", owner, name);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
