package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.Action.ClaimVolume;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.VolumeState.Removed;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Plans for volumes whose pods use one claim as it is. */
final class ClaimPlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> ENABLED = Map.of("aquifer.dev/inject", "enabled");

    private final ModelCluster cluster = new ModelCluster(HandleRules.known());
    private KnownVolume volume = volume("""
            {"persistentVolume": {"name": "ccat-raw", "claimRef": {"namespace": "ramses", "name": "ccat"}}}""");

    @BeforeEach
    void start() {
        cluster.namespaces.put("ramses", new TenantNamespace("ramses", ENABLED, AcceptedOwners.NONE, false));
    }

    @Nested
    class OfAnAdministratorsVolume {
        @Test
        void makesTheClaimThatTheVolumeIsFor() {
            assertThat(plan().actions()).singleElement().isInstanceOfSatisfying(ClaimVolume.class, action -> {
                ObjectNode claim = action.claim().toJson();
                assertThat(claim.at("/metadata/namespace").asText()).isEqualTo("ramses");
                assertThat(claim.at("/metadata/name").asText()).isEqualTo("ccat");
                assertThat(claim.at("/spec/volumeName").asText()).isEqualTo("ccat-raw");
                assertThat(claim.at("/spec/storageClassName").isTextual()).isTrue();
                assertThat(claim.at("/spec/storageClassName").asText()).isEmpty();
            });
            assertThat(condition(VolumeCondition.BOUND).reason()).isEqualTo("Binding");
        }

        @Test
        void isContentOnceTheClaimIsBound() {
            cluster.store(Chaos.sourceVolume("csi"));
            claim("ccat", "ccat-raw", "Bound");
            VolumePlan plan = plan();
            assertThat(plan.actions()).isEmpty();
            assertThat(plan.boundNamespaces()).isEqualTo(1);
            assertThat(plan.sourceVolume()).isEqualTo("ccat-raw");
            assertThat(VolumeCondition.ready(plan.conditions()).holds()).isTrue();
        }

        @Test
        void saysWhatAClaimWaitsFor() {
            claim("ccat", "ccat-raw", "Pending");
            assertThat(plan().actions()).isEmpty();
            assertThat(condition(VolumeCondition.BOUND).message())
                    .contains("ccat-raw")
                    .contains("claimRef");
        }

        @Test
        void leavesAClaimForAnotherVolumeAloneAndNamesIt() {
            claim("ccat", "other", "Bound");
            assertThat(plan().actions()).isEmpty();
            assertThat(plan().boundNamespaces()).isZero();
            assertThat(condition(VolumeCondition.CONFLICT).holds()).isTrue();
            assertThat(condition(VolumeCondition.CONFLICT).message()).contains("\"ccat\"");
        }

        @Test
        void makesNoClaimWithoutAGrantAndDeletesNone() {
            volume = known(volume.spec().withAccess(List.of()));
            assertThat(plan().actions()).isEmpty();
            claim("ccat", "ccat-raw", "Bound");
            assertThat(plan().actions()).isEmpty();
            assertThat(condition(VolumeCondition.BOUND).reason()).isEqualTo("NothingToBind");
        }

        @Test
        void makesNoClaimInANamespaceThatGoes() {
            cluster.namespaces.put("ramses", new TenantNamespace("ramses", ENABLED, AcceptedOwners.NONE, true));
            assertThat(plan().actions()).isEmpty();
        }

        @Test
        void takesAwayThePairsOfTheTimeBefore() {
            String pair = pairOfTheTimeBefore();
            assertThat(plan().actions())
                    .filteredOn(DeleteClaim.class::isInstance)
                    .singleElement()
                    .satisfies(
                            action -> assertThat(((DeleteClaim) action).name()).isEqualTo(pair));
        }

        @Test
        void saysThatEvictionDoesNotReachThePodsOfTheClaim() {
            assertThat(condition(VolumeCondition.BOUND).message()).doesNotContain("onRevoke");
            volume = evicting();
            assertThat(condition(VolumeCondition.BOUND).message())
                    .contains("onRevoke: Evict does not reach pods in namespace \"ramses\"");
        }
    }

    @Nested
    class WhereNoPairsAreMade {
        @BeforeEach
        void noPairs() {
            cluster.pairs = false;
        }

        @Test
        void theOwnersOwnClaimServesItsNamespace() {
            volume = volume("{\"persistentVolumeClaim\": {\"claimName\": \"data\"}}");
            assertThat(condition(VolumeCondition.SOURCE_READY).reason()).isEqualTo("ClaimMissing");
            claim("data", "pv-data", "Pending");
            assertThat(condition(VolumeCondition.SOURCE_READY).reason()).isEqualTo("ClaimNotBound");
            cluster.claims.clear();
            claim("data", "pv-data", "Bound");
            assertThat(VolumeCondition.ready(plan().conditions()).holds()).isTrue();
            assertThat(plan().sourceVolume()).isEqualTo("pv-data");
            assertThat(plan().actions()).isEmpty();
        }

        @Test
        void saysThatTheOwnersClaimIsBeingDeleted() {
            volume = volume("{\"persistentVolumeClaim\": {\"claimName\": \"data\"}}");
            claim("data", "pv-data", "Bound");
            cluster.claims
                    .values()
                    .forEach(claim -> ModelCluster.metadata(claim).put("deletionTimestamp", "2026-01-01T00:00:00Z"));
            assertThat(condition(VolumeCondition.SOURCE_READY).reason()).isEqualTo("ClaimBeingDeleted");
        }

        @Test
        void saysOfOtherSourcesWhatToWriteInstead() {
            volume = volume("{\"nfs\": {\"server\": \"s\", \"path\": \"/e\"}}");
            assertThat(plan().actions()).isEmpty();
            assertThat(condition(VolumeCondition.SOURCE_READY).reason()).isEqualTo("PairsNotMade");
            assertThat(condition(VolumeCondition.SOURCE_READY).message()).contains("claimRef");
        }

        @Test
        void saysThatCachesTakePairsToo() {
            SharedVolumeSpec spec = volume("{\"persistentVolumeClaim\": {\"claimName\": \"data\"}}")
                    .spec();
            ObjectNode cached = JSON.<ObjectNode>valueToTree(spec).put("readPath", "Cached");
            volume = known(JSON.convertValue(cached, SharedVolumeSpec.class));
            claim("data", "pv-data", "Bound");
            assertThat(condition(VolumeCondition.SOURCE_READY).reason()).isEqualTo("PairsNotMade");
            assertThat(condition(VolumeCondition.SOURCE_READY).message()).contains("readPath: Direct");
        }

        /** To delete them would be refused, again and again. */
        @Test
        void namesThePairsOfTheTimeBeforeAndLeavesThem() {
            String pair = pairOfTheTimeBefore();
            volume = evicting();
            claim("ccat", "ccat-raw", "Bound");
            ModelCluster.requestDeletion(cluster.storedClaim("ramses", pair));

            assertThat(plan().actions()).isEmpty();
            assertThat(plan().departures()).isEmpty();
            assertThat(condition(VolumeCondition.CONFLICT).reason()).isEqualTo("PairsLeft");
            assertThat(condition(VolumeCondition.CONFLICT).message())
                    .startsWith("claim \"%s\" in namespace \"ramses\"".formatted(pair))
                    .contains("have an administrator delete them");
        }

        @Test
        void leavesThemWhenTheSharedVolumeGoesToo() {
            pairOfTheTimeBefore();
            VolumePlan plan = BindingPlan.of(
                    new Removed("ramses", "ccat", "uid", new RevokePolicy.Evict(RevokePolicy.DEADLINE)),
                    cluster,
                    cluster.pairs("uid"),
                    cluster.rules());
            assertThat(plan.actions()).isEmpty();
            assertThat(plan.departures()).isEmpty();
        }

        @Test
        void nothingIsKnownOfAVolumeThatCannotBeLookedAt() {
            claim("ccat", "ccat-raw", "Bound");
            assertThat(plan().effects().fsGroup()).isNull();
            assertThat(plan().boundNamespaces()).isEqualTo(1);
        }
    }

    @Test
    void theEffectOfAnFsGroupIsTheVolumesWhereThatIsKnown() {
        ObjectNode local = JsonNodeFactory.instance.objectNode().put("kind", "PersistentVolume");
        local.putObject("metadata").put("name", "ccat-raw");
        local.putObject("spec").putObject("local").put("path", "/projects/ccat");
        cluster.store(local);
        claim("ccat", "ccat-raw", "Bound");
        assertThat(plan().effects().fsGroup()).isEqualTo(FsGroupEffect.Chowned);
    }

    private String pairOfTheTimeBefore() {
        PairLabels labels = new PairLabels("uid", "ramses", PairMode.READ_ONLY, 0);
        String name = new PairIdentity("ramses", "ccat", "uid", "ramses", PairMode.READ_ONLY).name(0);
        cluster.store(new DesiredClaim(name, labels, "ramses/ccat", "1Gi").toJson());
        return name;
    }

    private KnownVolume evicting() {
        return known(JSON.convertValue(
                JSON.<ObjectNode>valueToTree(volume.spec()).put("onRevoke", "Evict"), SharedVolumeSpec.class));
    }

    private void claim(String name, String volumeName, String phase) {
        ObjectNode claim = JsonNodeFactory.instance.objectNode().put("kind", "PersistentVolumeClaim");
        claim.putObject("metadata").put("namespace", "ramses").put("name", name);
        claim.putObject("spec").put("volumeName", volumeName);
        cluster.store(claim);
        ModelCluster.phase(claim, phase);
    }

    private VolumePlan plan() {
        return BindingPlan.of(new Shared(volume), cluster, cluster.pairs("uid"), cluster.rules());
    }

    private VolumeCondition condition(String type) {
        return plan().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Shared with its own namespace. */
    private static KnownVolume volume(String source) {
        ObjectNode spec = JSON.valueToTree(new VolumeBuilder("ramses", "ccat")
                .role("reader", path("/", Access.ReadOnly))
                .grant("ramses", "reader")
                .build()
                .spec());
        try {
            spec.set("source", JSON.readTree(source));
            return known(JSON.treeToValue(spec, SharedVolumeSpec.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static KnownVolume known(SharedVolumeSpec spec) {
        return new KnownVolume("ramses", "ccat", "uid", 1, spec);
    }
}
