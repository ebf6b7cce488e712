package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingVolume;

/** How a wanted pair stands under its present name. */
sealed interface PairState {

    /** There is nothing of it. */
    record Absent() implements PairState {}

    /** The claim is there and waits for its volume. */
    record Waiting(ExistingClaim claim) implements PairState {}

    /** Both are there, for each other. */
    record Paired(ExistingClaim claim, ExistingVolume volume) implements PairState {
        boolean bound() {
            return claim.phase().equals("Bound") && volume.phase().equals("Bound");
        }
    }

    /** It can never be used again, or not as it should be: it needs a new name. */
    record Broken(Raise.Cause cause) implements PairState {}

    /** Somebody else made an object of its name. */
    record Foreign(String what) implements PairState {}
}
