package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.entitlement.KnownVolume;

/** What a plan is for: a SharedVolume that there is, or what is left of one. */
public sealed interface VolumeState {
    String owner();

    String name();

    String uid();

    /** Its pairs are to be. */
    record Shared(KnownVolume volume) implements VolumeState {
        @Override
        public String owner() {
            return volume.owner();
        }

        @Override
        public String name() {
            return volume.name();
        }

        @Override
        public String uid() {
            return volume.uid();
        }
    }

    /**
     * It is gone or being deleted: no pair of it is to be.
     *
     * @param policy what it says, or said, of pods that run on its pairs
     */
    record Removed(String owner, String name, String uid, RevokePolicy policy) implements VolumeState {}
}
