package dev.aquifer.webhook.origin;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** What the pod of an origin has on its disk, and where. The source is read-only. */
final class OriginVolumes {
    static final String SOURCE = "/source";
    static final String STATE = "/state";
    static final String AUTHORITY = "/etc/aquifer/authority";
    static final String TOKEN = "/var/run/secrets/aquifer";

    private static final long TOKEN_SECONDS = 3600;

    private final Origin origin;

    OriginVolumes(Origin origin) {
        this.origin = origin;
    }

    List<Volume> volumes() {
        return List.of(
                named("source")
                        .withNewPersistentVolumeClaim(origin.dataset().claim(), true)
                        .build(),
                named("state").withNewEmptyDir().endEmptyDir().build(),
                named("tmp")
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity("64Mi"))
                        .endEmptyDir()
                        .build(),
                named("authority")
                        .withNewConfigMap()
                        .withName(origin.name())
                        .endConfigMap()
                        .build(),
                named("token")
                        .withNewProjected()
                        .addNewSource()
                        .withNewServiceAccountToken("aquifer", TOKEN_SECONDS, "token")
                        .endSource()
                        .endProjected()
                        .build());
    }

    List<VolumeMount> mounts() {
        return List.of(
                at("source", SOURCE)
                        .withSubPath(origin.dataset().subdirectory())
                        .withReadOnly(true)
                        .build(),
                at("state", STATE).build(),
                at("tmp", "/tmp").build(),
                at("authority", AUTHORITY).withReadOnly(true).build(),
                at("token", TOKEN).withReadOnly(true).build());
    }

    private static VolumeBuilder named(String name) {
        return new VolumeBuilder().withName(name);
    }

    private static VolumeMountBuilder at(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path);
    }
}
