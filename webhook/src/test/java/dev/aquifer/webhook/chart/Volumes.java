package dev.aquifer.webhook.chart;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolume;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** SharedVolumes of one role that reads everything. */
public final class Volumes {
    private Volumes() {}

    /** Creates one, of claim {@code data}. */
    public static SharedVolume create(ControlPlane api, String namespace, String name, String mountPath) {
        return api.client().resource(volume(namespace, name, mountPath)).create();
    }

    static SharedVolume volume(String namespace, String name, String mountPath) {
        SharedVolume volume = new SharedVolume();
        volume.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        volume.setSpec(new SharedVolumeSpec(
                new Source(new Source.PersistentVolumeClaim("data"), null, null, null, null, null, null, null),
                mountPath,
                List.of(new Role("reader", null, List.of(new PathRule("/", Access.ReadOnly, null)), null)),
                null,
                null));
        return volume;
    }
}
