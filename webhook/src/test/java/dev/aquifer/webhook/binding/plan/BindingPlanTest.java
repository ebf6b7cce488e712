package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.StorageLimits;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingPlanTest {
    private static final Map<String, String> ENABLED = Map.of("aquifer.dev/inject", "enabled");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PairIdentity PAIR = new PairIdentity("owner", "ref", "uid-ref", "alice", PairMode.READ_ONLY);

    private final ModelCluster cluster = new ModelCluster(HandleRules.known());
    private final ModelBinder binder = new ModelBinder(cluster);
    private final ModelControllers controllers = new ModelControllers(cluster);

    @BeforeEach
    void start() {
        cluster.namespaces.put("owner", new TenantNamespace("owner", ENABLED, AcceptedOwners.NONE, false));
        cluster.namespaces.put("alice", new TenantNamespace("alice", ENABLED, AcceptedOwners.NONE, false));
        cluster.store(Chaos.sourceVolume("csi"));
        claim("owner", "data", "source-csi");
        share("owner", "ref", "data");
    }

    private void claim(String namespace, String name, String volume) {
        ObjectNode claim = JsonNodeFactory.instance.objectNode().put("kind", "PersistentVolumeClaim");
        claim.putObject("metadata").put("namespace", namespace).put("name", name);
        claim.putObject("spec").put("volumeName", volume);
        cluster.store(claim);
        ModelCluster.phase(claim, "Bound");
    }

    private void share(String owner, String name, String claim) {
        KnownVolume volume = new VolumeBuilder(owner, name)
                .claim(claim)
                .role("reader", path("/", Access.ReadOnly))
                .grant("alice", "reader")
                .grant("owner", "reader")
                .build();
        cluster.shared.put(volume.key(), ModelCluster.with(volume, "uid-" + name, volume.revisions()));
    }

    private VolumePlan ofHostPath(Set<String> readyPaths) {
        cluster.namespaces.put(
                "owner",
                new TenantNamespace(
                        "owner", Map.of("aquifer.dev/cluster-sources", "allowed"), AcceptedOwners.NONE, false));
        SharedVolumeSpec ofClaim = new VolumeBuilder("owner", "ref")
                .role("reader", path("/", Access.ReadOnly), path("own", Access.Scratch))
                .grant("alice", "reader")
                .build()
                .spec();
        Source source = new Source(null, null, null, new Source.HostPath("/srv/ref"), null, null, null, null);
        SharedVolumeSpec spec =
                new SharedVolumeSpec(source, ofClaim.mountPath(), ofClaim.roles(), null, ofClaim.access());
        cluster.shared.put(
                "owner/ref",
                new KnownVolume(
                        "owner",
                        "ref",
                        "uid-ref",
                        1,
                        spec,
                        PairRevisions.NONE,
                        readyPaths,
                        FileEffects.UNKNOWN,
                        List.of()));
        return plan("owner/ref");
    }

    private void settle() {
        for (int round = 0; round < 5; round++) {
            binder.round();
            controllers.step();
        }
    }

    private KnownVolume known(String key) {
        return Objects.requireNonNull(cluster.shared.get(key), key);
    }

    private VolumePlan plan(String key) {
        return binder.plan(new Shared(known(key)));
    }

    private VolumeCondition condition(String key, String type) {
        return plan(key).conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void countsTheNamespacesThatAreBound() {
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message())
                .isEqualTo("0 of 1 namespaces are bound, these are not: alice");
        settle();
        assertThat(plan("owner/ref").boundNamespaces()).isEqualTo(1);
        assertThat(plan("owner/ref").sourceVolume()).isEqualTo("source-csi");
        assertThat(VolumeCondition.ready(plan("owner/ref").conditions()).holds())
                .isTrue();
    }

    /** A grant to nobody, a name that is mistyped and a label that is missing look well otherwise. */
    @Test
    void saysWhyANamespaceThatIsNamedGetsNothing() {
        cluster.namespaces.put("bare", new TenantNamespace("bare", Map.of(), AcceptedOwners.NONE, false));
        VolumeBuilder nobody =
                new VolumeBuilder("owner", "ref").claim("data").role("reader", path("/", Access.ReadOnly));
        KnownVolume granted = nobody.build();
        cluster.shared.put("owner/ref", ModelCluster.with(granted, "uid-ref", granted.revisions()));
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message())
                .endsWith("is granted a role: see spec.access. spec.access grants nothing to anybody");

        KnownVolume mistyped =
                nobody.grant("alcie", "reader").grant("bare", "reader").build();
        cluster.shared.put("owner/ref", ModelCluster.with(mistyped, "uid-ref", mistyped.revisions()));
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message())
                .endsWith(
                        "see spec.access. there is no namespace alcie that spec.access names: check the name; namespace bare lacks the label: kubectl label namespace bare aquifer.dev/inject=enabled --overwrite");

        KnownVolume some = nobody.grant("alice", "reader").build();
        cluster.shared.put("owner/ref", ModelCluster.with(some, "uid-ref", some.revisions()));
        settle();
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message())
                .startsWith("1 of 1 namespaces are bound. there is no namespace alcie");
    }

    @Test
    void keepsWhatThereIsWhenTheSourceIsGone() {
        settle();
        cluster.claims.remove("owner/data");
        assertThat(plan("owner/ref").actions()).isEmpty();
        assertThat(condition("owner/ref", VolumeCondition.SOURCE_READY).reason())
                .isEqualTo("ClaimMissing");
    }

    @Test
    void keepsWhatThereIsWhileTheSourceIsBeingDeleted() {
        settle();
        ModelCluster.metadata(cluster.storedClaim("owner", "data")).put("deletionTimestamp", "2026-01-01T00:00:00Z");

        assertThat(plan("owner/ref").actions()).isEmpty();
        assertThat(plan("owner/ref").withheld()).isEmpty();
        assertThat(condition("owner/ref", VolumeCondition.SOURCE_READY)).satisfies(source -> {
            assertThat(source.holds()).isFalse();
            assertThat(source.reason()).isEqualTo("ClaimBeingDeleted");
        });
    }

    @Test
    void sharesNoVolumeThatHasBecomeAnotherClaims() {
        settle();
        ObjectNode source = cluster.storedVolume("source-csi");
        ModelCluster.spec(source).withObjectProperty("claimRef").put("uid", "of-another-namespace");
        ModelCluster.spec(source).withObjectProperty("csi").put("volumeHandle", "data-of-another-namespace");

        assertThat(plan("owner/ref").actions()).isEmpty();
        assertThat(plan("owner/ref").raises()).isEmpty();
        assertThat(condition("owner/ref", VolumeCondition.SOURCE_READY).message())
                .contains("belongs to another claim");
    }

    @Test
    void takesRetainBackBeforeAnythingOfAPairGoes() {
        settle();
        cluster.storedVolume(onlyPair()).withObject("/spec").put("persistentVolumeReclaimPolicy", "Delete");
        cluster.namespaces.remove("alice");

        assertThat(plan("owner/ref").actions()).singleElement().isInstanceOf(Action.RetainVolume.class);
        settle();
        assertThat(cluster.volumes).containsOnlyKeys("source-csi");
    }

    @Test
    void withholdsFromAllWhatWritesToASourceThatCannotBeWritten() {
        KnownVolume volume = new VolumeBuilder("owner", "ref")
                .claim("data")
                .role("reader", path("/", Access.ReadOnly))
                .role("writer", path("/", Access.ReadWrite))
                .grant("alice", "reader", "writer")
                .build();
        cluster.shared.put(volume.key(), ModelCluster.with(volume, "uid-ref", volume.revisions()));
        settle();
        assertThat(plan("owner/ref").withheld()).isEmpty();

        ModelCluster.spec(cluster.storedVolume("source-csi"))
                .withObjectProperty("csi")
                .put("readOnly", true);
        assertThat(plan("owner/ref").withheld()).singleElement().satisfies(withheld -> {
            assertThat(withheld.mode()).isEqualTo("rw");
            assertThat(withheld.message()).contains("says readOnly; make it writable");
        });
    }

    @Test
    void withholdsAllOfASourceThatNobodyHasYetAndNobodyWillHave() {
        ModelCluster.spec(cluster.storedVolume("source-csi")).put("volumeMode", "Block");
        assertThat(plan("owner/ref").withheld()).extracting(Withheld::mode).containsExactly("ro");
    }

    @Test
    void withholdsNothingOfASourceThatTenantsHave() {
        settle();
        ModelCluster.spec(cluster.storedVolume("source-csi")).put("volumeMode", "Block");
        assertThat(condition("owner/ref", VolumeCondition.SOURCE_READY).reason())
                .isEqualTo("BlockVolume");
        assertThat(plan("owner/ref").withheld()).isEmpty();
    }

    @Test
    void withholdsNothingOfASourceThatMayComeYet() {
        cluster.claims.remove("owner/data");
        assertThat(plan("owner/ref").withheld()).isEmpty();
    }

    private String onlyPair() {
        return cluster.volumes.keySet().stream()
                .filter(PairName::isReserved)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesBackWhatTheClusterSharesOnceTheOwnersNamespaceMayNotShareIt() {
        write(new Source(null, null, new Source.Nfs("s", "/e"), null, null, null, null, null), false);
        assertThat(condition("owner/ref", VolumeCondition.SOURCE_READY).reason())
                .isEqualTo("ClusterSourceNotAllowed");
        cluster.namespaces.put(
                "owner",
                new TenantNamespace(
                        "owner",
                        Map.of("aquifer.dev/inject", "enabled", "aquifer.dev/cluster-sources", "allowed"),
                        AcceptedOwners.NONE,
                        false));
        settle();
        assertThat(plan("owner/ref").boundNamespaces())
                .as("a source that is no claim is served to its owner too")
                .isEqualTo(2);
        cluster.namespaces.put("owner", new TenantNamespace("owner", ENABLED, AcceptedOwners.NONE, false));
        assertThat(plan("owner/ref").actions())
                .filteredOn(DeleteClaim.class::isInstance)
                .hasSize(2)
                .allMatch(action -> ((DeleteClaim) action).why() == Removal.SOURCE_WITHDRAWN);
    }

    @Test
    void leavesAPairAloneThatHasToWaitForItsNewName() {
        settle();
        cluster.claims.remove("alice/" + PAIR.name(0));
        assertThat(plan("owner/ref").raises()).hasSize(1);

        cluster.held.add("alice");
        VolumePlan waiting = plan("owner/ref");
        assertThat(waiting.raises()).isEmpty();
        assertThat(waiting.actions()).isEmpty();
        assertThat(waiting.boundNamespaces()).isZero();
    }

    @Test
    void aVolumeThatSomebodyReplacedByHandIsNoReasonForTheOthersToHaveNewNames() {
        grantBob();
        settle();
        isOfAnotherSource(PAIR.name(0));

        VolumePlan plan = plan("owner/ref");
        assertThat(plan.raises()).extracting(Raise::pair).containsExactly(PAIR);
        assertThat(plan.revisions()).isEqualTo(new PairRevisions(0, Map.of("alice/ro", 1)));
    }

    @Test
    void aSourceThatMovesTakesAllPairsWithItAsSoonAsOneMay() {
        grantBob();
        settle();
        claim("owner", "data", "source-nfs");

        cluster.held.addAll(List.of("alice", "bob"));
        assertThat(plan("owner/ref").raises()).isEmpty();
        assertThat(plan("owner/ref").actions()).isEmpty();

        cluster.held.remove("bob");
        VolumePlan plan = plan("owner/ref");
        assertThat(plan.raises()).hasSize(2);
        assertThat(plan.revisions()).isEqualTo(new PairRevisions(1, Map.of()));
    }

    private void grantBob() {
        cluster.store(Chaos.sourceVolume("nfs"));
        cluster.namespaces.put("bob", new TenantNamespace("bob", ENABLED, AcceptedOwners.NONE, false));
        KnownVolume volume = new VolumeBuilder("owner", "ref")
                .claim("data")
                .role("reader", path("/", Access.ReadOnly))
                .grant("alice", "reader")
                .grant("bob", "reader")
                .build();
        cluster.shared.put(volume.key(), ModelCluster.with(volume, "uid-ref", volume.revisions()));
    }

    private void isOfAnotherSource(String pairVolume) {
        ObjectNode volume = cluster.storedVolume(pairVolume);
        ModelCluster.metadata(volume).remove("annotations");
        volume.withObject("/spec/csi/volumeAttributes").put("share", "/another");
    }

    @Test
    void servesTheOwnerTooWhenTheSourceIsGuarded() {
        write(new Source(new Source.PersistentVolumeClaim("data"), null, null, null, null, null, null, null), true);
        settle();
        assertThat(plan("owner/ref").boundNamespaces()).isEqualTo(2);
    }

    @Test
    void saysThatEvictionDoesNotReachTheOwnersOwnPodsUnlessTheSourceIsGuarded() {
        evict();
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message())
                .contains("onRevoke: Evict does not reach pods in namespace \"owner\"");
        write(known("owner/ref").spec().source(), true);
        evict();
        assertThat(condition("owner/ref", VolumeCondition.BOUND).message()).doesNotContain("onRevoke");
    }

    private void evict() {
        ObjectNode spec = JSON.valueToTree(known("owner/ref").spec());
        spec.put("onRevoke", "Evict");
        cluster.shared.put(
                "owner/ref",
                new KnownVolume("owner", "ref", "uid-ref", 3, JSON.convertValue(spec, SharedVolumeSpec.class)));
    }

    private void write(Source source, boolean guarded) {
        KnownVolume before = known("owner/ref");
        ObjectNode spec = JSON.valueToTree(before.spec());
        spec.set("source", JSON.valueToTree(source));
        spec.put("guardSource", guarded);
        cluster.shared.put(
                "owner/ref",
                new KnownVolume("owner", "ref", "uid-ref", 2, JSON.convertValue(spec, SharedVolumeSpec.class)));
    }

    @Test
    void refusesToShareOnWhatWasSharedWithTheOwner() {
        settle();
        share("alice", "mine", PAIR.name(0));
        assertThat(condition("alice/mine", VolumeCondition.SOURCE_READY).reason())
                .isEqualTo("Reshared");

        ObjectNode copy = Chaos.sourceVolume("csi");
        ModelCluster.metadata(copy).put("name", "copy");
        ((ObjectNode) copy.at("/spec/csi")).put("volumeHandle", "another");
        cluster.store(copy);
        claim("alice", "copied", "copy");
        share("alice", "mine", "copied");
        assertThat(condition("alice/mine", VolumeCondition.SOURCE_READY).message())
                .as("the same place under another name")
                .contains("lies where a volume lies that is shared with this namespace");
    }

    @Test
    void namesTheVolumeThatHasTheHandleAlready() {
        ObjectNode other = Chaos.sourceVolume("csi");
        ModelCluster.metadata(other).put("name", "other");
        ((ObjectNode) other.at("/spec/csi")).put("volumeHandle", PAIR.name(0));
        cluster.store(other);
        assertThat(plan("owner/ref").actions()).isEmpty();
        assertThat(condition("owner/ref", VolumeCondition.CONFLICT).message())
                .startsWith("PersistentVolume [other] has the handle");
    }

    @ParameterizedTest
    @CsvSource({",, 1Gi", "1, 2000000000, 1Gi", "2000000000,, 2000000000", ", 5000000, 5000000"})
    void asksForWhatTheNamespaceAllows(@Nullable BigDecimal min, @Nullable BigDecimal max, String storage) {
        cluster.limits.put("alice", new StorageLimits(min, max));
        assertThat(plan("owner/ref").actions())
                .first()
                .isInstanceOfSatisfying(
                        CreateClaim.class,
                        create -> assertThat(create.claim().storage()).isEqualTo(storage));
    }

    @ParameterizedTest
    @CsvSource({"bob, 'bob, owner'", "bob, '*'", "alice, owner", "owner, ''"})
    void namesBothVolumesOfOneMountPath(String other, String accepted) {
        accept(accepted);
        shareBelow(other);
        for (String key : List.of("owner/ref", other + "/below")) {
            VolumeCondition conflict = condition(key, VolumeCondition.CONFLICT);
            assertThat(conflict.reason()).isEqualTo("MountPathsOverlap");
            assertThat(conflict.message())
                    .contains("\"owner/ref\" at /ref", "\"%s/below\" at /ref/sub".formatted(other));
        }
    }

    /** Else whoever may write SharedVolumes marks those of others, and learns what they are called. */
    @ParameterizedTest
    @CsvSource({"''", "owner", "bob", "'owner, carol'"})
    void saysNothingOfAnotherOwnersVolumeWhereNotBothAreAccepted(String accepted) {
        accept(accepted);
        shareBelow("bob");
        for (String key : List.of("owner/ref", "bob/below")) {
            assertThat(condition(key, VolumeCondition.CONFLICT).holds()).as(key).isFalse();
        }
    }

    private void accept(String owners) {
        cluster.namespaces.put("alice", new TenantNamespace("alice", ENABLED, AcceptedOwners.parse(owners), false));
    }

    /** At a path that lies in that of the other. */
    private void shareBelow(String owner) {
        KnownVolume below = new VolumeBuilder(owner, "below")
                .at("/ref/sub")
                .role("reader", path("/", Access.ReadOnly))
                .grant("alice", "reader")
                .build();
        cluster.shared.put(below.key(), below);
    }

    @Test
    void makesNoVolumeBeforeItsClaim() {
        assertThat(plan("owner/ref").actions())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(CreateClaim.class),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Action.CreateVolume.class,
                                        create -> assertThat(create.volume().claimUid())
                                                .isNull()));
    }

    @Test
    void givesTheOwnersNamespaceAPairWhileDirectoriesOfASourceThatIsNoClaimAreMissing() {
        VolumePlan plan = ofHostPath(Set.of());
        assertThat(newClaims(plan)).containsExactlyInAnyOrder("alice ro", "owner rw");
        assertThat(plan.directoriesClaim()).startsWith("aquifer-rw-owner-ref-");
    }

    @Test
    void givesItNoneOnceTheyAreThere() {
        VolumePlan plan = ofHostPath(Set.of("own"));
        assertThat(newClaims(plan)).containsExactly("alice ro");
        assertThat(plan.directoriesClaim()).isNull();
    }

    private static List<String> newClaims(VolumePlan plan) {
        return plan.actions().stream()
                .flatMap(action ->
                        action instanceof CreateClaim(DesiredClaim claim) ? Stream.of(claim.labels()) : Stream.empty())
                .map(labels -> labels.tenant() + " " + labels.mode().text())
                .toList();
    }
}
