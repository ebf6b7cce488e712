package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.source.SourceClaim;

/** What is kept of a claim. */
public sealed interface KnownClaim {

    /**
     * One under a name that only the binder gives.
     *
     * @param source the SharedVolume, as {@code owner/name}; empty without the annotation
     */
    record Pair(ExistingClaim claim, String source) implements KnownClaim {}

    /** Any other: it may be a source. */
    record Other(SourceClaim claim) implements KnownClaim {}
}
