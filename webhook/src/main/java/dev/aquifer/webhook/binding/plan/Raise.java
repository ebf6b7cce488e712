package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.names.PairIdentity;

/**
 * A pair that must have a new name, and why. Whoever is about to write the revision down makes sure on a live read that
 * what is known of the pair is not merely old.
 *
 * @param name the name of volume and claim under the revision before
 */
public record Raise(PairIdentity pair, String name, Cause cause) {

    /** What is wrong with the pair. */
    public enum Cause {
        /** What nobody may change in the volume is not what it should be any more. */
        SOURCE_CHANGED,
        /** The claim is gone, and the volume was for that one alone. */
        CLAIM_GONE,
        CLAIM_DELETING,
        CLAIM_LOST,
        /** The volume is gone, and the claim had been bound to it. */
        VOLUME_GONE,
        VOLUME_DELETING,
        /** The volume is Released or Failed. */
        VOLUME_RELEASED,
        /** The volume is for another claim. */
        VOLUME_TAKEN
    }
}
