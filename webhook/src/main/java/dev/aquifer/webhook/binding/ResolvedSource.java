package dev.aquifer.webhook.binding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shared volume's source came to. */
sealed interface ResolvedSource {

    /**
     * Pairs can be made of it.
     *
     * @param sourceVolume the PersistentVolume that it is; null when it is none
     * @param notWritable why nothing may be written through it, as a sentence; null when it may
     * @param warnings what should be known of it, as sentences
     */
    record Ready(
            VolumeTemplate template,
            @Nullable String sourceVolume,
            @Nullable String notWritable,
            List<String> warnings) implements ResolvedSource {
        public Ready {
            warnings = List.copyOf(warnings);
        }

        boolean allows(PairMode mode) {
            return mode == PairMode.READ_ONLY || notWritable == null;
        }
    }

    /** Nothing new can be made of it; tenants keep what they have. */
    record Unready(SourceReason reason, String message) implements ResolvedSource {}

    /** It may not be shared any more: pairs go. */
    record Withdrawn(SourceReason reason, String message) implements ResolvedSource {}
}
