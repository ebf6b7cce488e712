package dev.aquifer.webhook.binding.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.ExistingClaim;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.objects.PairReader;
import dev.aquifer.webhook.binding.objects.StorageLimits;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.SourceClaim;
import dev.aquifer.webhook.binding.source.SourceLocation;
import dev.aquifer.webhook.binding.source.SourceVolume;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory, as far as pairs are concerned: what the API server stores, with the controller that binds
 * volumes and claims and the finalizers that protect them. Every write of a plan is checked to be one that it may make.
 */
public final class ModelCluster implements ClusterFacts {
    final Map<String, TenantNamespace> namespaces = new TreeMap<>();
    final Map<String, KnownVolume> shared = new TreeMap<>();
    /** PersistentVolumes by name, as the API server writes them. */
    final Map<String, ObjectNode> volumes = new TreeMap<>();
    /** Claims by {@code namespace/name}, as the API server writes them. */
    final Map<String, ObjectNode> claims = new TreeMap<>();
    /** The claims that pods use, by {@code namespace/name}. */
    final Set<String> used = new HashSet<>();

    /** The fsGroupPolicy of each CSI driver that has a CSIDriver. */
    public final Map<String, String> policies = new HashMap<>();

    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    boolean pairs = true;
    /** The tenants whose pairs have to wait for new names. */
    final Set<String> held = new HashSet<>();

    final Map<String, StorageLimits> limits = new HashMap<>();
    private final HandleRules rules;
    private final PairReader reader;
    private int uids;

    public ModelCluster(HandleRules rules) {
        this.rules = rules;
        this.reader = new PairReader(rules);
    }

    public HandleRules rules() {
        return rules;
    }

    String nextUid() {
        return "uid-" + ++uids;
    }

    /** Stores an object as the API server would: with a UID and a phase. */
    void store(ObjectNode object) {
        object.withObjectProperty("metadata").put("uid", nextUid());
        object.withObjectProperty("status").put("phase", "Pending");
        if (object.path("kind").asText().equals("PersistentVolume")) {
            volumes.put(name(object), object);
        } else {
            claims.put(key(object), object);
        }
    }

    /** The claim that is there. */
    ObjectNode storedClaim(String namespace, String name) {
        return stored(claims.get(namespace + "/" + name), name);
    }

    /** The volume that is there. */
    ObjectNode storedVolume(String name) {
        return stored(volumes.get(name), name);
    }

    private static ObjectNode stored(@Nullable ObjectNode object, String name) {
        if (object == null) {
            throw new AssertionError("there is no " + name);
        }
        return object;
    }

    static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String key(ObjectNode claim) {
        return claim.path("metadata").path("namespace").asText() + "/" + name(claim);
    }

    static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }

    static ObjectNode metadata(ObjectNode object) {
        return (ObjectNode) object.get("metadata");
    }

    static ObjectNode spec(ObjectNode object) {
        return (ObjectNode) object.get("spec");
    }

    static void requestDeletion(ObjectNode object) {
        metadata(object).put("deletionTimestamp", "2026-01-01T00:00:00Z");
    }

    static boolean isDeleting(ObjectNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    static String phase(ObjectNode object) {
        return object.path("status").path("phase").asText();
    }

    static void phase(ObjectNode object, String phase) {
        ((ObjectNode) object.get("status")).put("phase", phase);
    }

    /** Writes the revisions into the status of a shared volume. */
    public void writeRevisions(KnownVolume volume, PairRevisions revisions) {
        shared.put(volume.key(), with(volume, volume.uid(), revisions));
    }

    static KnownVolume with(KnownVolume volume, String uid, PairRevisions revisions) {
        return new KnownVolume(
                volume.owner(),
                volume.name(),
                uid,
                volume.generation(),
                volume.spec(),
                revisions,
                volume.readyPaths(),
                volume.effects(),
                List.of());
    }

    /** Everything whose labels name this UID. */
    public ExistingPairs pairs(String volumeUid) {
        List<ExistingVolume> pairVolumes = new ArrayList<>();
        for (ObjectNode volume : volumes.values()) {
            if (labelled(volume, PairLabels.VOLUME_UID, volumeUid)) {
                pairVolumes.add(reader.pairVolume(volume));
            }
        }
        List<ExistingClaim> pairClaims = new ArrayList<>();
        for (ObjectNode claim : claims.values()) {
            if (labelled(claim, PairLabels.VOLUME_UID, volumeUid)) {
                pairClaims.add(reader.pairClaim(claim));
            }
        }
        return new ExistingPairs(pairVolumes, pairClaims);
    }

    static boolean labelled(ObjectNode object, String label, String value) {
        return object.path("metadata").path("labels").path(label).asText().equals(value);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public @Nullable TenantNamespace namespace(String name) {
        return namespaces.get(name);
    }

    @Override
    public Collection<TenantNamespace> namespaces() {
        return namespaces.values();
    }

    @Override
    public Collection<KnownVolume> sharedVolumes() {
        return shared.values();
    }

    @Override
    public @Nullable SourceClaim claim(String namespace, String name) {
        ObjectNode claim = claims.get(namespace + "/" + name);
        return claim == null ? null : reader.sourceClaim(claim);
    }

    @Override
    public @Nullable SourceVolume volume(String name) {
        ObjectNode volume = volumes.get(name);
        return volume == null ? null : reader.sourceVolume(volume);
    }

    @Override
    public @Nullable ExistingVolume pairVolume(String name) {
        ObjectNode volume = volumes.get(name);
        return volume == null ? null : reader.pairVolume(volume);
    }

    @Override
    public @Nullable ExistingClaim pairClaim(String namespace, String name) {
        ObjectNode claim = claims.get(namespace + "/" + name);
        return claim == null ? null : reader.pairClaim(claim);
    }

    @Override
    public Collection<ExistingVolume> pairVolumesFor(String tenant) {
        return volumes.values().stream()
                .filter(volume -> labelled(volume, PairLabels.TENANT, tenant))
                .map(reader::pairVolume)
                .toList();
    }

    @Override
    public Set<String> handleOwners(String handle) {
        Set<String> owners = new TreeSet<>();
        volumes.forEach((name, volume) -> {
            if (handle.equals(SourceLocation.handle(volume.path("spec")))) {
                owners.add(name);
            }
        });
        return owners;
    }

    @Override
    public StorageLimits storageLimits(String namespace) {
        return limits.getOrDefault(namespace, StorageLimits.NONE);
    }

    @Override
    public @Nullable String fsGroupPolicy(String driver) {
        return policies.get(driver);
    }

    @Override
    public boolean makesPairs() {
        return pairs;
    }

    @Override
    public boolean mayRaise(PairIdentity pair) {
        return !held.contains(pair.tenant());
    }

    @Override
    public String nodeAgents() {
        return "aquifer-system";
    }
}
