package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.Eviction;
import dev.aquifer.webhook.binding.objects.OnlyClaim;
import org.jspecify.annotations.Nullable;

/**
 * One write. Those of a plan are safe to be cut off after any of them. All are of the binder's own objects: none ever
 * touches a source.
 */
public sealed interface Action {

    /** Makes a claim; it waits for its volume. */
    record CreateClaim(DesiredClaim claim) implements Action {}

    /**
     * Makes a volume for the claim. Where the volume has no UID of its claim yet, the same plan makes the claim before
     * it: {@link DesiredVolume#claimedBy} takes the UID from the answer. A volume is never made without.
     */
    record CreateVolume(DesiredVolume volume) implements Action {}

    /** Makes the one claim of a volume that an administrator made for it. */
    record ClaimVolume(OnlyClaim claim) implements Action {}

    /** Brings back what may be changed in a volume: Retain, labels, mount options, claimRef. */
    record CorrectVolume(DesiredVolume volume, String uid) implements Action {}

    /** Brings back the labels and the annotation of a claim. */
    record CorrectClaim(DesiredClaim claim, String uid) implements Action {}

    /** Brings back Retain in a volume that is to go, if it still has this UID. Its deletion, and its claim's, comes after. */
    record RetainVolume(String name, String uid) implements Action {}

    /**
     * Notes in a volume since when its pods are asked to leave, if it still has this UID; takes the note off where there is
     * no eviction.
     */
    record NoteEviction(
            String name,
            String uid,
            String sharedVolumeUid,
            @Nullable Eviction eviction) implements Action {}

    /** Requests the deletion of a claim, if it still has this UID. Kubernetes keeps it while pods use it. */
    record DeleteClaim(String namespace, String name, String uid, Removal why) implements Action {}

    /** Requests the deletion of a volume, if it still has this UID. Its data stays: it is to be retained. */
    record DeleteVolume(String name, String uid, Removal why) implements Action {}
}
