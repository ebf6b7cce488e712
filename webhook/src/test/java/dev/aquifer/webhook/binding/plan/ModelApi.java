package dev.aquifer.webhook.binding.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.Eviction;
import dev.aquifer.webhook.binding.objects.OnlyClaim;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.Action.ClaimVolume;
import dev.aquifer.webhook.binding.plan.Action.CorrectClaim;
import dev.aquifer.webhook.binding.plan.Action.CorrectVolume;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Action.NoteEviction;
import dev.aquifer.webhook.binding.plan.Action.RetainVolume;
import java.util.List;

/** Applies the actions of plans to a model cluster, and fails on one that no plan may have. */
public final class ModelApi {
    private final ModelCluster cluster;

    public ModelApi(ModelCluster cluster) {
        this.cluster = cluster;
    }

    public void apply(Action action) {
        switch (action) {
            case CreateClaim(DesiredClaim claim) -> create(claim.toJson());
            case CreateVolume(DesiredVolume volume) -> create(claimed(volume).toJson());
            case ClaimVolume(OnlyClaim claim) -> create(claim.toJson());
            case CorrectClaim(DesiredClaim claim, String uid) ->
                correct(cluster.storedClaim(claim.namespace(), claim.name()), claim.toJson(), uid);
            case CorrectVolume(DesiredVolume volume, String uid) ->
                correct(cluster.storedVolume(volume.name()), volume.toJson(), uid);
            case RetainVolume(String name, String uid) -> {
                ObjectNode found = cluster.storedVolume(name);
                assertThat(ModelCluster.uid(found)).isEqualTo(uid);
                ModelCluster.spec(found).put("persistentVolumeReclaimPolicy", "Retain");
            }
            case NoteEviction note -> note(note);
            case DeleteClaim delete -> delete(cluster.storedClaim(delete.namespace(), delete.name()), delete.uid());
            case DeleteVolume delete -> delete(cluster.storedVolume(delete.name()), delete.uid());
        }
    }

    private DesiredVolume claimed(DesiredVolume volume) {
        ObjectNode claim = cluster.storedClaim(volume.labels().tenant(), volume.name());
        if (volume.claimUid() == null) {
            return volume.claimedBy(ModelCluster.uid(claim));
        }
        assertThat(volume.claimUid()).isEqualTo(ModelCluster.uid(claim));
        return volume;
    }

    private void create(ObjectNode object) {
        assertRetained(object);
        boolean taken = object.path("kind").asText().equals("PersistentVolume")
                ? cluster.volumes.containsKey(ModelCluster.name(object))
                : cluster.claims.containsKey(ModelCluster.key(object));
        assertThat(taken)
                .as("there is already a " + object.path("kind") + " " + object.path("metadata"))
                .isFalse();
        TenantNamespace namespace =
                cluster.namespaces.get(object.path("metadata").path("namespace").asText());
        assertThat(namespace == null || !namespace.deleting())
                .as("made in a namespace that goes")
                .isTrue();
        cluster.store(object);
    }

    /** What cannot be changed must be what it is. */
    private void correct(ObjectNode found, ObjectNode applied, String uid) {
        assertRetained(applied);
        assertThat(ModelCluster.uid(found)).isEqualTo(uid);
        ObjectNode spec = ModelCluster.spec(found);
        ObjectNode wanted = ModelCluster.spec(applied);
        for (String fixed : new String[] {"nfs", "csi", "hostPath", "local", "volumeMode", "volumeName", "resources"}) {
            assertThat(wanted.get(fixed)).as(fixed).isEqualTo(spec.get(fixed));
        }
        spec.setAll(wanted);
        if (!wanted.has("mountOptions")) {
            spec.remove("mountOptions");
        }
        ModelCluster.metadata(found).withObjectProperty("labels").setAll((ObjectNode) applied.at("/metadata/labels"));
        ModelCluster.metadata(found).withObjectProperty("annotations").setAll((ObjectNode)
                applied.at("/metadata/annotations"));
    }

    private void note(NoteEviction note) {
        assertThat(PairName.isReserved(note.name())).isTrue();
        ObjectNode found = cluster.storedVolume(note.name());
        assertThat(ModelCluster.uid(found)).isEqualTo(note.uid());
        ObjectNode annotations = ModelCluster.metadata(found).withObjectProperty("annotations");
        Eviction.annotations(note.eviction()).properties().forEach(annotation -> {
            if (annotation.getValue().isNull()) {
                annotations.remove(annotation.getKey());
            } else {
                annotations.set(annotation.getKey(), annotation.getValue());
            }
        });
    }

    private void delete(ObjectNode found, String uid) {
        assertThat(ModelCluster.uid(found)).isEqualTo(uid);
        ObjectNode volume = cluster.volumes.get(ModelCluster.name(found));
        if (volume != null
                && List.of(
                                ModelCluster.uid(volume),
                                volume.at("/spec/claimRef/uid").asText())
                        .contains(ModelCluster.uid(found))) {
            assertThat(volume.at("/spec/persistentVolumeReclaimPolicy").asText())
                    .as("nothing of a pair is deleted while its volume is not retained: " + volume)
                    .isEqualTo("Retain");
        }
        assertThat(PairName.isReserved(ModelCluster.name(found))).isTrue();
        assertThat(ModelCluster.labelled(found, PairLabels.MANAGED_BY, PairLabels.BINDER))
                .as("only what carries our labels is deleted: " + found)
                .isTrue();
        ModelCluster.requestDeletion(found);
    }

    private static void assertRetained(ObjectNode object) {
        if (object.path("kind").asText().equals("PersistentVolume")) {
            assertThat(object.at("/spec/persistentVolumeReclaimPolicy").asText())
                    .isEqualTo("Retain");
            assertThat(object.at("/spec/claimRef/uid").asText()).isNotEmpty();
        }
    }
}
