package dev.aquifer.webhook.binding.source;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.binding.names.PairMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shared volume's source came to. */
public sealed interface ResolvedSource {

    /**
     * Pairs can be made of it.
     *
     * @param direct what pairs of the source itself are made of; null when it can be had from caches only
     * @param cached what pairs that read caches are made of; null for a volume that is not cached
     * @param sourceVolume the PersistentVolume that it is; null when it is none
     * @param notWritable why nothing may be written through it, as a sentence; null when it may
     * @param effects what becomes of the files when a pod writes
     * @param warnings what should be known of it, as sentences
     */
    record Ready(
            @Nullable VolumeTemplate direct,
            @Nullable Cached cached,
            @Nullable String sourceVolume,
            @Nullable String notWritable,
            FileEffects effects,
            List<String> warnings)
            implements ResolvedSource {
        public Ready {
            warnings = List.copyOf(warnings);
        }

        public Ready cachedAs(Cached more) {
            return new Ready(direct, more, sourceVolume, notWritable, effects, warnings);
        }

        /** What a pair is made of; null when there can be none in this mode. */
        public @Nullable VolumeTemplate template(PairMode mode) {
            return switch (mode) {
                case READ_ONLY -> direct;
                case READ_WRITE -> notWritable == null ? direct : null;
                case CACHED -> cached == null ? null : cached.template();
            };
        }

        public @Nullable Dataset dataset() {
            return cached == null ? null : cached.dataset();
        }
    }

    /** A dataset and what pairs that read it are made of. */
    record Cached(Dataset dataset, VolumeTemplate template) {}

    /** Nothing new can be made of it; tenants keep what they have. */
    record Unready(SourceReason reason, String message) implements ResolvedSource {}

    /** It may not be shared any more: pairs go. */
    record Withdrawn(SourceReason reason, String message) implements ResolvedSource {}
}
