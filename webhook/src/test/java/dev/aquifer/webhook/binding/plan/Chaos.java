package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Everything that people and Kubernetes may do to a model cluster while the binder is at work. */
final class Chaos {
    private static final List<String> TENANTS = List.of("alice", "bob", "carol", "owner");
    private static final List<String> NAMES = List.of("ref", "maps");
    private static final Map<String, String> ENABLED = Map.of("aquifer.dev/inject", "enabled");

    private final ModelCluster cluster;
    private final ModelBinder binder;
    private final Random random;
    private final List<Consumer<Chaos>> events = List.of(
            Chaos::namespaceComes,
            Chaos::namespaceComes,
            Chaos::namespaceComes,
            Chaos::volumeIsWritten,
            Chaos::volumeIsWritten,
            Chaos::namespaceLosesItsLabel,
            Chaos::namespaceGoes,
            Chaos::volumeIsWritten,
            Chaos::volumeIsRemoved,
            Chaos::statusIsLost,
            Chaos::sourceMoves,
            Chaos::sourceGoes,
            Chaos::pairClaimIsDeleted,
            Chaos::pairVolumeIsDeleted,
            Chaos::pairVolumeVanishes,
            Chaos::pairVolumeFails,
            Chaos::pairVolumeIsChanged,
            Chaos::claimRefIsChanged,
            Chaos::labelsAreTakenOff,
            Chaos::annotationsAreTakenOff,
            Chaos::podComes,
            Chaos::podGoes,
            Chaos::strangersClaimTakesAName,
            Chaos::strangersVolumeTakesAName,
            Chaos::strangersAreRemoved);

    Chaos(ModelCluster cluster, ModelBinder binder, Random random) {
        this.cluster = cluster;
        this.binder = binder;
        this.random = random;
    }

    void start() {
        for (String kind : List.of("nfs", "csi", "local", "read-only")) {
            cluster.store(sourceVolume(kind));
        }
        cluster.namespaces.put("owner", new TenantNamespace("owner", ENABLED, AcceptedOwners.NONE, false));
        sourceMoves();
        for (int i = random.nextInt(6); i >= 0; i--) {
            volumeIsWritten();
            namespaceComes();
            namespaceComes();
        }
    }

    void event() {
        cluster.now = cluster.now.plusSeconds(random.nextInt(300));
        events.get(random.nextInt(events.size())).accept(this);
    }

    private void namespaceComes() {
        String name = pick(TENANTS);
        TenantNamespace found = cluster.namespaces.get(name);
        if (found == null || !found.deleting()) {
            cluster.namespaces.put(name, new TenantNamespace(name, ENABLED, AcceptedOwners.NONE, false));
        }
    }

    private void namespaceLosesItsLabel() {
        cluster.namespaces.computeIfPresent(
                pick(TENANTS), (name, found) -> new TenantNamespace(name, Map.of(), found.accepts(), found.deleting()));
    }

    private void namespaceGoes() {
        String name = pick(TENANTS);
        if (!name.equals("owner")) {
            cluster.namespaces.computeIfPresent(
                    name, (key, found) -> new TenantNamespace(name, found.labels(), found.accepts(), true));
        }
    }

    private void volumeIsWritten() {
        String name = pick(NAMES);
        VolumeBuilder builder = new VolumeBuilder("owner", name)
                .claim("data")
                .at(random.nextBoolean() ? "/shared" : "/" + name)
                .role("reader", path("/", Access.ReadOnly))
                .role("writer", path("/", Access.ReadWrite))
                .role("scratcher", path("tmp", Access.Scratch));
        for (String tenant : TENANTS) {
            if (random.nextInt(3) > 0) {
                builder.grant(tenant, pick(List.of("reader", "writer", "scratcher")));
            }
        }
        if (random.nextBoolean()) {
            builder.evicting(pick(List.of("10m", "1h")));
        }
        if (random.nextInt(4) == 0) {
            builder.grant("alice", "reader", "writer");
        }
        KnownVolume written = builder.build();
        KnownVolume before = cluster.shared.get(written.key());
        cluster.shared.put(
                written.key(),
                before == null
                        ? ModelCluster.with(written, cluster.nextUid(), PairRevisions.NONE)
                        : ModelCluster.with(written, before.uid(), before.revisions()));
    }

    private void volumeIsRemoved() {
        if (!cluster.shared.isEmpty()) {
            binder.remove(pick(cluster.shared.values()));
        }
    }

    private void statusIsLost() {
        if (!cluster.shared.isEmpty()) {
            cluster.writeRevisions(pick(cluster.shared.values()), PairRevisions.NONE);
        }
    }

    private void sourceMoves() {
        sourceMovesTo(pick(List.of("nfs", "csi", "local", "read-only")));
        ModelCluster.phase(cluster.storedClaim("owner", "data"), random.nextInt(8) == 0 ? "Pending" : "Bound");
    }

    /** The source claim is made anew, bound to another volume. */
    void sourceMovesTo(String kind) {
        ObjectNode claim = object("PersistentVolumeClaim", "data");
        ModelCluster.metadata(claim).put("namespace", "owner");
        claim.putObject("spec").put("volumeName", "source-" + kind);
        ModelCluster.spec(claim).putArray("accessModes").add("ReadWriteMany");
        cluster.store(claim);
        ModelCluster.phase(claim, "Bound");
        ModelCluster.spec(cluster.storedVolume("source-" + kind)).remove("claimRef");
    }

    private void sourceGoes() {
        cluster.claims.remove("owner/data");
    }

    private void pairClaimIsDeleted() {
        pairClaim(ModelCluster::requestDeletion);
    }

    private void pairVolumeIsDeleted() {
        pairVolume(ModelCluster::requestDeletion);
    }

    /** Somebody takes its finalizers off. */
    private void pairVolumeVanishes() {
        pairVolume(volume -> cluster.volumes.remove(ModelCluster.name(volume)));
    }

    private void pairVolumeFails() {
        pairVolume(volume -> ModelCluster.phase(volume, "Failed"));
    }

    private void pairVolumeIsChanged() {
        pairVolume(volume -> {
            ModelCluster.spec(volume).put("persistentVolumeReclaimPolicy", "Delete");
            ModelCluster.spec(volume).putArray("mountOptions").add("noatime");
        });
    }

    private void claimRefIsChanged() {
        pairVolume(volume -> {
            switch (random.nextInt(3)) {
                case 0 -> ModelCluster.spec(volume).remove("claimRef");
                case 1 ->
                    ModelCluster.spec(volume).withObjectProperty("claimRef").remove("uid");
                default ->
                    ModelCluster.spec(volume).withObjectProperty("claimRef").put("uid", "another");
            }
        });
    }

    private void labelsAreTakenOff() {
        Consumer<ObjectNode> strip = object -> ModelCluster.metadata(object)
                .withObjectProperty("labels")
                .remove(random.nextBoolean() ? PairLabels.VOLUME_UID : PairLabels.REVISION);
        if (random.nextBoolean()) {
            pairClaim(strip);
        } else {
            pairVolume(strip);
        }
    }

    private void annotationsAreTakenOff() {
        pairVolume(volume -> ModelCluster.metadata(volume).remove("annotations"));
    }

    private void podComes() {
        pairClaim(claim -> {
            if (!ModelCluster.isDeleting(claim)) {
                cluster.used.add(ModelCluster.key(claim));
            }
        });
    }

    private void podGoes() {
        if (!cluster.used.isEmpty()) {
            cluster.used.remove(pick(cluster.used));
        }
    }

    private void strangersClaimTakesAName() {
        takeAName((tenant, name) -> {
            TenantNamespace namespace = cluster.namespaces.get(tenant);
            if (namespace != null && !namespace.deleting() && !cluster.claims.containsKey(tenant + "/" + name)) {
                ObjectNode claim = object("PersistentVolumeClaim", name);
                ModelCluster.metadata(claim).put("namespace", tenant);
                claim.putObject("spec").put("volumeName", name).put("storageClassName", "");
                cluster.store(claim);
            }
        });
    }

    private void strangersVolumeTakesAName() {
        takeAName((tenant, name) -> {
            if (!cluster.volumes.containsKey(name)) {
                ObjectNode volume = sourceVolume("nfs");
                ModelCluster.metadata(volume).put("name", name);
                cluster.store(volume);
            }
        });
    }

    private void takeAName(java.util.function.BiConsumer<String, String> taker) {
        if (cluster.shared.isEmpty()) {
            return;
        }
        KnownVolume volume = pick(cluster.shared.values());
        String tenant = pick(TENANTS);
        PairMode mode = random.nextBoolean() ? PairMode.READ_ONLY : PairMode.READ_WRITE;
        PairIdentity pair = new PairIdentity("owner", volume.name(), volume.uid(), tenant, mode);
        taker.accept(tenant, pair.name(volume.revisions().of(tenant, mode.text()) + random.nextInt(2)));
    }

    void strangersAreRemoved() {
        cluster.claims.values().removeIf(this::isForeignClaim);
        cluster.volumes.values().removeIf(volume -> isStrangers(volume) && !isVolumeOfOurs(volume));
    }

    private boolean isStrangers(ObjectNode object) {
        return PairName.isReserved(ModelCluster.name(object)) && PairLabels.read(labels(object)) == null;
    }

    /** One that a stranger made, who asks for no access mode here, or of whose labels both halves are gone. */
    private boolean isForeignClaim(ObjectNode claim) {
        if (!PairName.isReserved(ModelCluster.name(claim))) {
            return false;
        }
        ObjectNode volume = cluster.volumes.get(ModelCluster.name(claim));
        boolean linked = volume != null
                && !isStrangers(volume)
                && volume.at("/spec/claimRef/uid").asText().equals(ModelCluster.uid(claim));
        return ModelCluster.spec(claim).path("accessModes").isEmpty() || (isStrangers(claim) && !linked);
    }

    private boolean isVolumeOfOurs(ObjectNode volume) {
        return cluster.claims.values().stream()
                .anyMatch(claim -> !isStrangers(claim)
                        && ModelCluster.name(claim).equals(ModelCluster.name(volume))
                        && volume.at("/spec/claimRef/uid").asText().equals(ModelCluster.uid(claim)));
    }

    private static Map<String, String> labels(ObjectNode object) {
        Map<String, String> labels = new java.util.HashMap<>();
        object.at("/metadata/labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private void pairClaim(Consumer<ObjectNode> change) {
        List<ObjectNode> pairs = cluster.claims.values().stream()
                .filter(claim -> PairName.isReserved(ModelCluster.name(claim)))
                .toList();
        if (!pairs.isEmpty()) {
            change.accept(pick(pairs));
        }
    }

    private void pairVolume(Consumer<ObjectNode> change) {
        List<ObjectNode> pairs = cluster.volumes.values().stream()
                .filter(volume -> PairName.isReserved(ModelCluster.name(volume)))
                .toList();
        if (!pairs.isEmpty()) {
            change.accept(pick(pairs));
        }
    }

    static ObjectNode sourceVolume(String kind) {
        ObjectNode volume = object("PersistentVolume", "source-" + kind);
        ObjectNode spec = volume.putObject("spec");
        spec.putArray("accessModes").add(kind.equals("read-only") ? "ReadOnlyMany" : "ReadWriteMany");
        spec.put("persistentVolumeReclaimPolicy", "Retain").put("volumeMode", "Filesystem");
        spec.putArray("mountOptions").add("hard");
        switch (kind) {
            case "csi" -> {
                ObjectNode csi = spec.putObject("csi");
                csi.put("driver", "nfs.csi.k8s.io").put("volumeHandle", "handle");
                csi.putObject("volumeAttributes").put("server", "s").put("share", "/e");
            }
            case "local" -> spec.putObject("local").put("path", "/mnt/disk");
            default -> spec.putObject("nfs").put("server", "s").put("path", "/" + kind);
        }
        return volume;
    }

    private static ObjectNode object(String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private <T> T pick(Collection<T> all) {
        return List.copyOf(all).get(random.nextInt(all.size()));
    }
}
