package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.plan.Action.CorrectClaim;
import dev.aquifer.webhook.binding.plan.Action.CorrectVolume;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.PairState.Absent;
import dev.aquifer.webhook.binding.plan.PairState.Broken;
import dev.aquifer.webhook.binding.plan.PairState.Foreign;
import dev.aquifer.webhook.binding.plan.PairState.Paired;
import dev.aquifer.webhook.binding.plan.PairState.Waiting;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.VolumeTemplate;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be done for the wanted pairs of one volume, and what stands in the way. */
final class PairWork {
    private final KnownVolume volume;
    private final ClusterFacts facts;
    private final ResolvedSource source;
    private final List<Action> actions = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    PairWork(KnownVolume volume, ClusterFacts facts, ResolvedSource source) {
        this.volume = volume;
        this.facts = facts;
        this.source = source;
    }

    List<Action> actions() {
        return actions;
    }

    /** One sentence for each pair that cannot be made. */
    List<String> conflicts() {
        return conflicts;
    }

    void add(List<Action> more) {
        actions.addAll(more);
    }

    void on(PairIdentity pair, int revision, PairState state) {
        switch (state) {
            case Foreign(String what) ->
                conflicts.add(
                        "%s has a name that only Aquifer gives, and is not Aquifer's: it is left alone; delete it, and the namespace gets the volume"
                                .formatted(what));
            case Absent() -> make(pair, revision, null);
            case Waiting(ExistingClaim claim) -> make(pair, revision, claim);
            case Paired paired -> correct(pair, revision, paired);
            // it is made anew under the next revision, which is written down first
            case Broken broken -> {}
        }
    }

    private void make(PairIdentity pair, int revision, @Nullable ExistingClaim claim) {
        VolumeTemplate template = template(pair);
        if (template == null || isTaken(pair.name(revision), template)) {
            return;
        }
        PairLabels labels = labels(pair, revision);
        String name = pair.name(revision);
        if (claim == null) {
            String storage = facts.storageLimits(pair.tenant()).nominal();
            actions.add(new CreateClaim(new DesiredClaim(name, labels, volume.key(), storage)));
            actions.add(new CreateVolume(new DesiredVolume(name, labels, volume.key(), null, storage, template)));
        } else {
            actions.add(new CreateVolume(
                    new DesiredVolume(name, labels, volume.key(), claim.uid(), claim.storage(), template)));
        }
    }

    private void correct(PairIdentity pair, int revision, Paired paired) {
        ExistingClaim claim = paired.claim();
        ExistingVolume found = paired.volume();
        PairLabels labels = labels(pair, revision);
        if (!labels.equals(claim.labels())) {
            actions.add(new CorrectClaim(
                    new DesiredClaim(claim.name(), labels, volume.key(), claim.storage()), claim.uid()));
        }
        VolumeTemplate template = template(pair);
        if (template == null) {
            return;
        }
        DesiredVolume desired =
                new DesiredVolume(found.name(), labels, volume.key(), claim.uid(), claim.storage(), template);
        if (!desired.settings().equals(found.settings()) || !labels.equals(found.labels()) || !found.isBoundTo(claim)) {
            actions.add(new CorrectVolume(desired, found.uid()));
        }
    }

    /** Null when nothing can be made of the source now. */
    private @Nullable VolumeTemplate template(PairIdentity pair) {
        return source instanceof ResolvedSource.Ready ready ? ready.template(pair.mode()) : null;
    }

    private PairLabels labels(PairIdentity pair, int revision) {
        return new PairLabels(volume.uid(), pair.tenant(), pair.mode(), revision);
    }

    /** Kubelet knows a volume by driver and handle: a second one of the same would hang its pods without a word. */
    private boolean isTaken(String name, VolumeTemplate made) {
        String handle = made.handle(name);
        if (handle == null || (made.rule() != null && made.rule().handle() == HandleRule.Treatment.Same)) {
            return false;
        }
        String driver = made.source().path("driver").asText();
        Set<String> others = new TreeSet<>(facts.handleOwners(SourceLocation.handle(driver, handle)));
        others.remove(name);
        if (others.isEmpty()) {
            return false;
        }
        conflicts.add(
                "PersistentVolume %s has the handle \"%s\" of driver \"%s\" already, and kubelet would take the two for one: delete that volume, or give it another handle"
                        .formatted(others, handle, driver));
        return true;
    }
}
