package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.KnownVolume;

/** What is kept of a SharedVolume: all of it, or only that it is there. */
sealed interface VolumeSlot {

    /** A volume that can be shared. */
    record Usable(KnownVolume volume) implements VolumeSlot {}

    /** A volume that cannot be read, and is shared with nobody. */
    enum Unusable implements VolumeSlot {
        IT
    }
}
