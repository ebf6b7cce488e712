package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binding.plan.Raise;
import dev.aquifer.webhook.cluster.TrimmedStore;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is known of a pair is what there is. The watches of claims and of volumes do not keep step, and a
 * revision that was raised by mistake would cost every pod its claim's name.
 */
public final class LiveCheck {
    private final ApiServer api;
    private final KnownCluster cluster;

    public LiveCheck(ApiServer api, KnownCluster cluster) {
        this.api = api;
        this.cluster = cluster;
    }

    public boolean confirms(List<Raise> raises) {
        return raises.stream().allMatch(this::confirms);
    }

    private boolean confirms(Raise raise) {
        return raise.cause() == Raise.Cause.SOURCE_CHANGED
                || (isCurrent(Paths.volume(raise.name()), cluster.volumes.get(raise.name()))
                        && isCurrent(
                                Paths.claim(raise.pair().tenant(), raise.name()),
                                cluster.claims.get(TrimmedStore.key(raise.pair().tenant(), raise.name()))));
    }

    private boolean isCurrent(String path, @Nullable Versioned<?> known) {
        String version = version(path);
        return known == null ? version == null : known.resourceVersion().equals(version);
    }

    private @Nullable String version(String path) {
        JsonNode live = api.find(path);
        return live == null
                ? null
                : live.path("metadata").path("resourceVersion").asText();
    }
}
