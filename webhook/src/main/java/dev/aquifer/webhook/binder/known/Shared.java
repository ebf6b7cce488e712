package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Subject;
import dev.aquifer.webhook.binding.plan.RevokePolicy;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A SharedVolume as the binder keeps it.
 *
 * @param deleting whether its deletion was requested
 * @param finalizers all of them, others' too
 * @param policy what becomes of pods whose grant is withdrawn; known of one that cannot be read, too
 * @param volume null if it cannot be read: nothing is made or deleted for it then
 */
public record Shared(
        String owner,
        String name,
        String uid,
        long generation,
        boolean deleting,
        List<String> finalizers,
        RevokePolicy policy,
        @Nullable KnownVolume volume,
        SharedVolumeStatus status) {
    /** Keeps a SharedVolume until the deletion of all its pairs was requested. */
    public static final String FINALIZER = "aquifer.dev/pairs";

    public Shared {
        finalizers = List.copyOf(finalizers);
    }

    /** As {@code owner/name}. */
    public String key() {
        return owner + "/" + name;
    }

    /** As it is written; null where it is not. */
    public @Nullable VolumeCondition condition(String type) {
        return Objects.requireNonNullElse(status.conditions(), List.<SharedVolumeStatus.Condition>of()).stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .map(condition -> new VolumeCondition(
                        type, condition.status().equals("True"), condition.reason(), condition.message()))
                .orElse(null);
    }

    /** Whether the condition, as it is written, says that something is wrong. */
    boolean isTroubled(String type) {
        VolumeCondition condition = condition(type);
        return condition != null && condition.isBad();
    }

    public boolean isHeld() {
        return finalizers.contains(FINALIZER);
    }

    public String path() {
        return Paths.sharedVolume(owner, name);
    }

    public Subject subject() {
        return Subject.sharedVolume(owner, name, uid);
    }
}
