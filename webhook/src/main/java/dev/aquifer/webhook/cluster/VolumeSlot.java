package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.KnownVolume;

/** What is kept of a SharedVolume: all of it, or only why it is shared with nobody. */
sealed interface VolumeSlot {

    /** A volume that can be shared. */
    record Usable(KnownVolume volume) implements VolumeSlot {}

    /** A volume that is shared with nobody. */
    enum Unusable implements VolumeSlot {
        /** It cannot be read by this version. */
        UNREADABLE,
        /** Its deletion was requested: that takes all grants back, however long others hold the object. */
        DELETED
    }
}
