package dev.aquifer.webhook.binder.pairs;

import dev.aquifer.webhook.binding.DesiredClaim;
import dev.aquifer.webhook.binding.DesiredVolume;

/** A pair of which nothing is there yet. */
record NewPair(DesiredClaim claim, DesiredVolume volume) {
    String name() {
        return claim.name();
    }
}
