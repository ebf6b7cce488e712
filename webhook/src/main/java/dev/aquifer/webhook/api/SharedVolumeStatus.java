package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a shared volume. */
public record SharedVolumeStatus(
        @Nullable List<Condition> conditions,
        @Nullable Integer boundNamespaces,
        @Nullable String snapshot,
        @Nullable String sourceVolume) {

    /** A condition (meta/v1 Condition). */
    public record Condition(
            String type,
            String status,
            @Nullable Long observedGeneration,
            String lastTransitionTime,
            String reason,
            String message) {}
}
