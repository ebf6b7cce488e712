package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.Eviction;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.RevokePolicy.AsNoted;
import dev.aquifer.webhook.binding.plan.VolumeState.Removed;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose pods are to leave, and until when they are asked. A pod of alice's runs on the claim of the first revision. */
final class DeparturesTest {
    private static final Map<String, String> ENABLED = Map.of("aquifer.dev/inject", "enabled");
    private static final String CLAIM = new PairIdentity("owner", "ref", "uid", "alice", PairMode.READ_ONLY).name(0);

    private final ModelCluster cluster = new ModelCluster(HandleRules.known());
    private final ModelBinder binder = new ModelBinder(cluster);
    private final ModelControllers controllers = new ModelControllers(cluster);

    @BeforeEach
    void aPodRuns() {
        cluster.namespaces.put("owner", new TenantNamespace("owner", ENABLED, AcceptedOwners.NONE, false));
        cluster.namespaces.put("alice", new TenantNamespace("alice", ENABLED, AcceptedOwners.NONE, false));
        cluster.store(Chaos.sourceVolume("csi"));
        cluster.store(Chaos.sourceVolume("nfs"));
        sourceIs("source-csi");
        share("alice", "10m");
        settle();
        cluster.used.add("alice/" + CLAIM);
    }

    /** The source claim, made anew on this volume. */
    private void sourceIs(String volume) {
        ObjectNode claim = JsonNodeFactory.instance.objectNode().put("kind", "PersistentVolumeClaim");
        claim.putObject("metadata").put("namespace", "owner").put("name", "data");
        claim.putObject("spec").put("volumeName", volume);
        cluster.store(claim);
        ModelCluster.phase(claim, "Bound");
        ModelCluster.spec(cluster.storedVolume(volume)).remove("claimRef");
    }

    /** @param deadline null where pods are to be kept */
    private void share(String tenant, @Nullable String deadline) {
        VolumeBuilder volume = new VolumeBuilder("owner", "ref")
                .claim("data")
                .role("reader", path("/", Access.ReadOnly))
                .grant(tenant, "reader");
        KnownVolume written = (deadline == null ? volume : volume.evicting(deadline)).build();
        KnownVolume before = cluster.shared.get("owner/ref");
        PairRevisions revisions = before == null ? PairRevisions.NONE : before.revisions();
        cluster.shared.put("owner/ref", ModelCluster.with(written, "uid", revisions));
    }

    private void settle() {
        for (int round = 0; round < 6; round++) {
            binder.round();
            controllers.step();
        }
    }

    private void passes(Duration time) {
        cluster.now = cluster.now.plus(time);
    }

    private List<Departure> departures() {
        KnownVolume volume = Objects.requireNonNull(cluster.shared.get("owner/ref"));
        return binder.plan(new Shared(volume)).departures();
    }

    private List<Departure> departures(RevokePolicy policy) {
        return binder.plan(new Removed("owner", "ref", "uid", policy)).departures();
    }

    private static Departure until(Instant until) {
        return new Departure("alice", CLAIM, until);
    }

    private @Nullable Eviction noted() {
        return Objects.requireNonNull(cluster.pairVolume(CLAIM)).eviction();
    }

    @Test
    void podsHaveTheDeadlineFromTheWithdrawalOn() {
        Instant withdrawn = cluster.now;
        share("bob", "10m");
        assertThat(departures())
                .as("the claim is not being deleted yet, so a pod that left would come back to it")
                .isEmpty();
        settle();
        passes(Duration.ofMinutes(7));
        assertThat(departures()).containsExactly(until(withdrawn.plusSeconds(600)));
    }

    @Test
    void aClaimThatWasReplacedLongBeforeDoesNotShortenIt() {
        sourceIs("source-nfs");
        settle();
        ModelCluster.requestDeletion(cluster.storedClaim("alice", CLAIM));
        assertThat(departures()).isEmpty();

        passes(Duration.ofHours(3));
        Instant withdrawn = cluster.now;
        share("bob", "10m");
        settle();
        assertThat(departures()).containsExactly(until(withdrawn.plusSeconds(600)));
    }

    @Test
    void nobodyLeavesBecauseTheSourceIsGoneBeforeNewPairsAreMade() {
        sourceIs("source-nfs");
        binder.round();
        ModelCluster.requestDeletion(cluster.storedClaim("alice", CLAIM));
        cluster.claims.remove("owner/data");

        settle();
        assertThat(departures()).isEmpty();
        assertThat(noted()).isNull();
    }

    @Test
    void nobodyLeavesBecauseHisNewClaimHasToWait() {
        ModelCluster.requestDeletion(cluster.storedClaim("alice", CLAIM));
        cluster.held.add("alice");

        settle();
        assertThat(departures()).isEmpty();
    }

    @Test
    void theEndOfTheSharedVolumeChangesNothing() {
        Instant removed = cluster.now;
        binder.remove(Objects.requireNonNull(cluster.shared.get("owner/ref")));
        settle();
        passes(Duration.ofMinutes(4));
        assertThat(departures(new AsNoted())).containsExactly(until(removed.plusSeconds(600)));
    }

    @Test
    void podsOfASharedVolumeThatKeptThemStayWhenItHasGone() {
        share("alice", null);
        binder.remove(Objects.requireNonNull(cluster.shared.get("owner/ref")));
        settle();
        assertThat(departures(new AsNoted())).isEmpty();
    }

    @Test
    void aGrantThatComesBackEndsItAndTheNextWithdrawalBeginsAnew() {
        share("bob", "10m");
        settle();
        share("alice", "10m");
        settle();
        assertThat(departures()).isEmpty();
        assertThat(noted()).isNull();

        passes(Duration.ofHours(1));
        Instant withdrawn = cluster.now;
        share("bob", "10m");
        settle();
        assertThat(departures()).containsExactly(until(withdrawn.plusSeconds(600)));
    }

    @Test
    void theOwnerMayChangeTheDeadlineMeanwhile() {
        Instant withdrawn = cluster.now;
        share("bob", "10m");
        settle();
        passes(Duration.ofMinutes(2));
        share("bob", "1h");
        settle();
        assertThat(noted()).isEqualTo(new Eviction(withdrawn, withdrawn.plusSeconds(3600)));

        share("bob", null);
        settle();
        assertThat(departures()).isEmpty();
        assertThat(noted()).isNull();
    }

    @Test
    void aNoteThatNobodyCanReadIsWrittenAnew() {
        share("bob", "10m");
        settle();
        ModelCluster.metadata(cluster.storedVolume(CLAIM))
                .withObjectProperty("annotations")
                .put(Eviction.UNTIL, "soon");
        passes(Duration.ofMinutes(2));
        Instant read = cluster.now;
        settle();
        assertThat(departures()).containsExactly(until(read.plusSeconds(600)));
    }

    @Test
    void withoutAVolumeTheDeadlineCountsFromTheClaimsDeletion() {
        share("bob", "10m");
        settle();
        cluster.volumes.remove(CLAIM);
        passes(Duration.ofHours(1));
        assertThat(departures()).containsExactly(until(Instant.parse("2026-01-01T00:10:00Z")));
    }

    @Test
    void theSharedVolumeIsNotLetGoBeforeItsPairsAreRetained() {
        cluster.storedVolume(CLAIM).withObject("/spec").put("persistentVolumeReclaimPolicy", "Delete");
        Removed removed = new Removed("owner", "ref", "uid", new RevokePolicy.Keep());
        assertThat(binder.plan(removed).requestsAllDeletions()).isFalse();

        cluster.storedVolume(CLAIM).withObject("/spec").put("persistentVolumeReclaimPolicy", "Retain");
        assertThat(binder.plan(removed).requestsAllDeletions()).isTrue();
    }
}
