package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SharedVolume as the binder keeps it.
 *
 * @param deleting whether its deletion was requested
 * @param finalizers all of them, others' too
 * @param volume null if it cannot be read: nothing is made or deleted for it then
 */
record Shared(
        String owner,
        String name,
        String uid,
        long generation,
        boolean deleting,
        List<String> finalizers,
        @Nullable KnownVolume volume,
        SharedVolumeStatus status) {
    /** Keeps a SharedVolume until the deletion of all its pairs was requested. */
    static final String FINALIZER = "aquifer.dev/pairs";

    Shared {
        finalizers = List.copyOf(finalizers);
    }

    boolean hasCondition(String type) {
        return status.conditions() != null
                && status.conditions().stream()
                        .anyMatch(condition -> condition.type().equals(type));
    }

    boolean isHeld() {
        return finalizers.contains(FINALIZER);
    }

    String path() {
        return Paths.sharedVolume(owner, name);
    }

    Subject subject() {
        return Subject.sharedVolume(owner, name, uid);
    }
}
