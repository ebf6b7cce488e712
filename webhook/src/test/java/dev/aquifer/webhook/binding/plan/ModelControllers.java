package dev.aquifer.webhook.binding.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kubernetes' own controllers do to volumes, claims and namespaces, in the order of the real ones: the PV
 * controller (pkg/controller/volume/persistentvolume), the two protection controllers, the namespace controller.
 */
public final class ModelControllers {
    private final ModelCluster cluster;
    private boolean changed;

    public ModelControllers(ModelCluster cluster) {
        this.cluster = cluster;
    }

    /** Lets each controller look at everything once; whether anything changed. */
    public boolean step() {
        changed = false;
        cluster.claims.values().forEach(this::claim);
        cluster.volumes.values().forEach(this::volume);
        protection();
        namespaces();
        return changed;
    }

    private void claim(ObjectNode claim) {
        ObjectNode volume =
                cluster.volumes.get(ModelCluster.spec(claim).path("volumeName").asText());
        switch (ModelCluster.phase(claim)) {
            case "Pending" -> {
                if (volume != null && mayTake(claim, volume)) {
                    bind(claim, volume);
                }
            }
            case "Bound" -> {
                if (volume == null || !mayTake(claim, volume)) {
                    phase(claim, "Lost");
                } else {
                    bind(claim, volume);
                }
            }
            default -> {}
        }
    }

    private static boolean mayTake(ObjectNode claim, ObjectNode volume) {
        ObjectNode spec = ModelCluster.spec(volume);
        if (!spec.has("claimRef")) {
            return true;
        }
        String uid = spec.at("/claimRef/uid").asText();
        String key = spec.at("/claimRef/namespace").asText() + "/"
                + spec.at("/claimRef/name").asText();
        return key.equals(ModelCluster.key(claim)) && (uid.isEmpty() || uid.equals(ModelCluster.uid(claim)));
    }

    private void bind(ObjectNode claim, ObjectNode volume) {
        ObjectNode ref = ModelCluster.spec(volume).withObjectProperty("claimRef");
        if (!ref.path("uid").asText().equals(ModelCluster.uid(claim))) {
            ref.put("namespace", claim.at("/metadata/namespace").asText())
                    .put("name", ModelCluster.name(claim))
                    .put("uid", ModelCluster.uid(claim));
            changed = true;
        }
        phase(volume, "Bound");
        phase(claim, "Bound");
    }

    private void volume(ObjectNode volume) {
        ObjectNode spec = ModelCluster.spec(volume);
        if (ModelCluster.phase(volume).equals("Failed")) {
            return;
        }
        String uid = spec.at("/claimRef/uid").asText();
        if (uid.isEmpty()) {
            phase(volume, "Available");
            return;
        }
        ObjectNode claim = cluster.claims.get(spec.at("/claimRef/namespace").asText() + "/"
                + spec.at("/claimRef/name").asText());
        if (claim == null || !ModelCluster.uid(claim).equals(uid)) {
            phase(volume, "Released");
        }
    }

    private void phase(ObjectNode object, String phase) {
        if (!ModelCluster.phase(object).equals(phase)) {
            ModelCluster.phase(object, phase);
            changed = true;
        }
    }

    private void protection() {
        changed |= cluster.claims
                .entrySet()
                .removeIf(entry -> ModelCluster.isDeleting(entry.getValue()) && !cluster.used.contains(entry.getKey()));
        changed |= cluster.volumes
                .values()
                .removeIf(volume -> ModelCluster.isDeleting(volume)
                        && !ModelCluster.phase(volume).equals("Bound"));
    }

    private void namespaces() {
        List<String> gone = new ArrayList<>();
        for (TenantNamespace namespace : cluster.namespaces.values()) {
            if (!namespace.deleting()) {
                continue;
            }
            boolean empty = true;
            for (ObjectNode claim : cluster.claims.values()) {
                if (claim.at("/metadata/namespace").asText().equals(namespace.name())) {
                    empty = false;
                    changed |= !ModelCluster.isDeleting(claim);
                    ModelCluster.requestDeletion(claim);
                }
            }
            if (empty) {
                gone.add(namespace.name());
            }
        }
        gone.forEach(cluster.namespaces::remove);
        changed |= !gone.isEmpty();
    }
}
