package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.source.SourceVolume;
import org.jspecify.annotations.Nullable;

/** What is kept of a PersistentVolume. */
public sealed interface KnownPv {

    /**
     * One under a name that only the binder gives.
     *
     * @param source the SharedVolume, as {@code owner/name}; empty without the annotation
     */
    record Pair(ExistingVolume volume, String source) implements KnownPv {}

    /** Any other: it may be a source. */
    record Other(SourceVolume volume, @Nullable String handle) implements KnownPv {}
}
