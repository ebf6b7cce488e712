package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.objects.ExistingVolume;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Those who wait until a volume is bound, or can never be. Nobody who has stopped waiting is remembered. */
final class Settling {
    private static final Set<String> LEAVING = Set.of("Released", "Failed");

    private final Map<String, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

    /** Completes with whether the volume is bound; whoever does not want to wait any longer cancels it. */
    CompletableFuture<Boolean> of(String name) {
        CompletableFuture<Boolean> settled = waiting.computeIfAbsent(name, key -> new CompletableFuture<>());
        var _ = settled.whenComplete((done, failure) -> waiting.remove(name, settled));
        return settled;
    }

    void seen(String name, @Nullable ExistingVolume volume) {
        if (volume == null) {
            return;
        }
        if (volume.deleting() || LEAVING.contains(volume.phase())) {
            settle(name, false);
        } else if (volume.phase().equals("Bound")) {
            settle(name, true);
        }
    }

    void gone(String name) {
        settle(name, false);
    }

    private void settle(String name, boolean bound) {
        CompletableFuture<Boolean> settled = waiting.get(name);
        if (settled != null) {
            settled.complete(bound);
        }
    }
}
