package dev.aquifer.webhook.binding.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.OnRevoke;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.resolve.SourceResolver;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What holds whatever happens to a cluster, shown on random events. A failure names its seed; {@code -Dproperty.seed}
 * starts elsewhere and {@code -Dproperty.clusters} takes more of them.
 */
class BindingPropertiesTest {
    private static final long FIRST = Long.getLong("property.seed", 1);
    private static final int CLUSTERS = Integer.getInteger("property.clusters", 300);
    private static final int EVENTS = 40;
    private static final int ROUNDS = 12;

    /** A cluster with everything that happens to it. */
    private static final class Story {
        final Random random;
        final ModelCluster cluster = new ModelCluster(HandleRules.known());
        final ModelBinder binder = new ModelBinder(cluster);
        final ModelControllers controllers = new ModelControllers(cluster);
        final Chaos chaos;

        Story(long seed) {
            random = new Random(seed);
            chaos = new Chaos(cluster, binder, random);
            chaos.start();
        }

        void tell() {
            for (int i = 0; i < EVENTS; i++) {
                chaos.event();
                for (int step = random.nextInt(4); step > 0; step--) {
                    if (random.nextBoolean()) {
                        binder.cutRound(random);
                    } else {
                        controllers.step();
                    }
                }
            }
        }

        /** Lets the binder and the controllers work until neither has anything to do; the rounds that it took. */
        int settle() {
            for (int round = 1; round <= ROUNDS; round++) {
                boolean busy = binder.round();
                boolean stirred = false;
                while (controllers.step()) {
                    stirred = true;
                }
                if (!busy && !stirred) {
                    return round;
                }
            }
            throw new AssertionError("still busy after %d rounds: %s".formatted(ROUNDS, plans()));
        }

        Map<String, VolumePlan> plans() {
            Map<String, VolumePlan> plans = new TreeMap<>();
            cluster.shared.forEach((key, volume) -> plans.put(key, binder.plan(new Shared(volume))));
            return plans;
        }
    }

    private interface Check {
        void on(Story story);
    }

    private static void forAll(Check check) {
        for (long seed = FIRST; seed < FIRST + CLUSTERS; seed++) {
            try {
                Story story = new Story(seed);
                story.tell();
                check.on(story);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void everythingHappens() {
        Set<Object> seen = new HashSet<>();
        forAll(story -> {
            story.settle();
            for (VolumePlan plan : story.binder.plans()) {
                plan.raises().forEach(raise -> seen.add(raise.cause()));
                plan.actions().forEach(action -> seen.add(action.getClass()));
                plan.conditions().forEach(condition -> seen.add(condition.reason()));
            }
        });
        assertThat(seen)
                .contains((Object[]) Raise.Cause.values())
                // a claim without a pair comes from a source of its own kind: see ClaimPlanTest
                .contains(Arrays.stream(Action.class.getPermittedSubclasses())
                        .filter(action -> action != Action.ClaimVolume.class)
                        .toArray())
                .contains("Taken", "MountPathsOverlap", "ClaimMissing", "ClaimNotBound", "AllBound", "Binding");
    }

    @Test
    void comesToAnEndFromWhateverThereIs() {
        forAll(story -> {
            story.settle();
            story.plans().forEach((key, plan) -> {
                assertThat(plan.actions()).as(key).isEmpty();
                assertThat(plan.raises()).as(key).isEmpty();
            });
        });
    }

    @Test
    void givesEveryNamespaceExactlyThePairsThatItIsGranted() {
        int[] pairs = new int[1];
        forAll(story -> {
            story.settle();
            story.chaos.strangersAreRemoved();
            story.chaos.sourceMovesTo("nfs");
            story.settle();
            for (KnownVolume volume : story.cluster.shared.values()) {
                WantedPairs wanted = WantedPairs.of(volume, story.cluster);
                ResolvedSource source = new SourceResolver(story.cluster, story.cluster.rules()).resolve(volume);
                if (source instanceof ResolvedSource.Ready ready) {
                    for (PairIdentity pair : wanted.byKey().values()) {
                        assertThat(isBound(story.cluster, volume, pair))
                                .as("%s is bound", pair)
                                .isEqualTo(ready.template(pair.mode()) != null);
                        pairs[0]++;
                    }
                }
                for (ExistingClaim claim : story.cluster.pairs(volume.uid()).claims()) {
                    assertThat(claim.deleting()
                                    || isWanted(claim.labels(), volume, wanted)
                                    || !(source instanceof ResolvedSource.Ready))
                            .as("%s is wanted", claim)
                            .isTrue();
                }
            }
        });
        assertThat(pairs[0]).isGreaterThan(CLUSTERS);
    }

    private static boolean isBound(ModelCluster cluster, KnownVolume volume, PairIdentity pair) {
        String name = pair.name(volume.revisions().of(pair.tenant(), pair.mode().text()));
        ObjectNode claim = cluster.claims.get(pair.tenant() + "/" + name);
        ObjectNode bound = cluster.volumes.get(name);
        return claim != null
                && bound != null
                && ModelCluster.phase(claim).equals("Bound")
                && ModelCluster.phase(bound).equals("Bound")
                && !ModelCluster.isDeleting(claim)
                && !ModelCluster.isDeleting(bound)
                && bound.at("/spec/persistentVolumeReclaimPolicy").asText().equals("Retain")
                && bound.at("/spec/claimRef/uid").asText().equals(ModelCluster.uid(claim));
    }

    private static boolean isWanted(@Nullable PairLabels labels, KnownVolume volume, WantedPairs wanted) {
        return labels != null
                && wanted.byKey()
                        .containsKey(labels.tenant() + "/" + labels.mode().text())
                && volume.revisions().of(labels.tenant(), labels.mode().text()) == labels.revision();
    }

    @Test
    void sendsExactlyThosePodsOffThatLostTheirGrantWhereTheOwnerWantsIt() {
        int[] departures = new int[1];
        forAll(story -> {
            story.settle();
            story.cluster.shared.values().forEach(volume -> {
                Set<String> leaving = new HashSet<>();
                story.binder.plan(new Shared(volume)).departures().forEach(one -> leaving.add(one.claim()));
                Set<String> expected = new HashSet<>();
                for (ExistingClaim claim : story.cluster.pairs(volume.uid()).claims()) {
                    if (claim.deleting()
                            && !mayBe(claim.labels(), volume, story.cluster)
                            && volume.spec().onRevoke() == OnRevoke.Evict) {
                        expected.add(claim.name());
                    }
                }
                assertThat(leaving).as(volume.key()).isEqualTo(expected);
                departures[0] += leaving.size();
            });
        });
        assertThat(departures[0]).isPositive();
    }

    /** Whether a grant asks for the pair, and the source does not forbid it: one that is away for now forbids nothing. */
    private static boolean mayBe(@Nullable PairLabels labels, KnownVolume volume, ModelCluster cluster) {
        if (labels == null
                || !WantedPairs.of(volume, cluster)
                        .all()
                        .containsKey(labels.tenant() + "/" + labels.mode().text())) {
            return false;
        }
        return switch (new SourceResolver(cluster, cluster.rules()).resolve(volume)) {
            case ResolvedSource.Ready ready -> ready.template(labels.mode()) != null;
            case ResolvedSource.Unready _ -> true;
            case ResolvedSource.Withdrawn _ -> false;
        };
    }

    @Test
    void leavesTheSourcesAsTheyAre() {
        forAll(story -> {
            boolean busy = true;
            while (busy) {
                Map<String, String> before = sources(story.cluster);
                busy = story.binder.round();
                assertThat(sources(story.cluster)).isEqualTo(before);
                story.controllers.step();
            }
        });
    }

    private static Map<String, String> sources(ModelCluster cluster) {
        Map<String, String> sources = new TreeMap<>();
        cluster.volumes.forEach((name, volume) -> {
            if (!PairName.isReserved(name)) {
                sources.put(name, ModelCluster.metadata(volume) + "" + ModelCluster.spec(volume));
            }
        });
        return sources;
    }

    @Test
    void removesEverythingOnceNothingIsSharedAndNoPodRuns() {
        forAll(story -> {
            for (KnownVolume volume : Map.copyOf(story.cluster.shared).values()) {
                story.binder.remove(volume);
            }
            story.cluster.used.clear();
            story.settle();
            story.chaos.strangersAreRemoved();
            story.settle();
            assertThat(story.cluster.volumes.keySet()).noneMatch(PairName::isReserved);
            assertThat(story.cluster.claims.keySet())
                    .noneMatch(key -> PairName.isReserved(key.substring(key.indexOf('/') + 1)));
        });
    }
}
