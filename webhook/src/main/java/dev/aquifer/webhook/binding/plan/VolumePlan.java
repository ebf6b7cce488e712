package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.binding.source.Dataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one shared volume, and what its status is to say.
 *
 * @param revisions where they differ from those in the status, they are written there first, and a new plan is made:
 *     this one has no actions
 * @param raises the pairs for which a revision was raised
 * @param actions in an order that is safe to be cut off anywhere
 * @param departures whose pods are to leave now
 * @param conditions SourceReady, Bound and Conflict; none for a volume that was removed
 * @param boundNamespaces how many namespaces have all the pairs that they need
 * @param sourceVolume the PersistentVolume that the source is; null when it is none or not known
 * @param directoriesClaim the claim of a pair in the owner's namespace by which missing directories can be made; null where
 *     there is none
 * @param effects what becomes of the source's files when a pod writes
 * @param dataset what nodes are to cache; null when the volume is not cached, or its source is not there
 * @param withheld the modes in which no namespace gets a pair
 */
public record VolumePlan(
        PairRevisions revisions,
        List<Raise> raises,
        List<Action> actions,
        List<Departure> departures,
        List<VolumeCondition> conditions,
        int boundNamespaces,
        @Nullable String sourceVolume,
        @Nullable String directoriesClaim,
        FileEffects effects,
        @Nullable Dataset dataset,
        List<Withheld> withheld) {
    public VolumePlan {
        raises = List.copyOf(raises);
        actions = List.copyOf(actions);
        departures = List.copyOf(departures);
        conditions = List.copyOf(conditions);
        withheld = List.copyOf(withheld);
    }

    /** Whether, once its actions are done, the deletion of everything that is to go has been requested. */
    public boolean requestsAllDeletions() {
        return actions.stream().allMatch(VolumePlan::endsAPair);
    }

    private static boolean endsAPair(Action action) {
        return switch (action) {
            case Action.DeleteClaim _, Action.DeleteVolume _, Action.NoteEviction _ -> true;
            case Action.CreateClaim _,
                    Action.CreateVolume _,
                    Action.ClaimVolume _,
                    Action.CorrectVolume _,
                    Action.CorrectClaim _,
                    Action.RetainVolume _ -> false;
        };
    }
}
