package dev.aquifer.webhook.binder.pairs;

import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;

/** A pair of which nothing is there yet. */
record NewPair(DesiredClaim claim, DesiredVolume volume) {
    String name() {
        return claim.name();
    }
}
