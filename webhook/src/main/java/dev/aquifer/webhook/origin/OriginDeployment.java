package dev.aquifer.webhook.origin;

import dev.aquifer.webhook.api.OnChange;
import dev.aquifer.webhook.api.OnUnreadable;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.workload.Restricted;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Deployment of an origin. */
final class OriginDeployment {
    private static final int METRICS_PORT = 9090;

    private final Origin origin;
    private final OriginVolumes volumes;

    OriginDeployment(Origin origin) {
        this.origin = origin;
        this.volumes = new OriginVolumes(origin);
    }

    Deployment manifest() {
        return new DeploymentBuilder()
                .withMetadata(OriginObjects.metadata(origin))
                .withNewSpec()
                .withReplicas(1)
                // two would mount a volume that one node may have, and neither knows the other's listings
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withNewSelector()
                .withMatchLabels(origin.selector())
                .endSelector()
                .withTemplate(origin.settings().pods().addedTo(template()))
                .endSpec()
                .build();
    }

    private PodTemplateSpec template() {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(origin.labels())
                .withAnnotations(PodAnnotations.LEFT_ALONE)
                .endMetadata()
                .withSpec(pod())
                .build();
    }

    private PodSpec pod() {
        var cache = origin.cache();
        return new PodSpecBuilder()
                .withServiceAccountName(origin.name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withAffinity(affinity(origin.node()))
                .withSecurityContext(Restricted.pod(cache.runAsUser(), cache.runAsGroup()))
                .withContainers(container())
                .withVolumes(volumes.volumes())
                .build();
    }

    /** A claim that one node may have at a time is mounted where its owner's pod has it. */
    private static @Nullable Affinity affinity(@Nullable String node) {
        return node == null
                ? null
                : new AffinityBuilder()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addNewMatchField()
                        .withKey("metadata.name")
                        .withOperator("In")
                        .withValues(node)
                        .endMatchField()
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName("origin")
                .withImage(origin.settings().image())
                .withImagePullPolicy(origin.settings().pullPolicy())
                .withArgs(arguments())
                .addNewPort()
                .withName("https")
                .withContainerPort(Dataset.PORT)
                .endPort()
                .addNewPort()
                .withName("metrics")
                .withContainerPort(METRICS_PORT)
                .endPort()
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withPort(new IntOrString("https"))
                .endTcpSocket()
                .withPeriodSeconds(2)
                .endReadinessProbe()
                .withResources(origin.settings().resources())
                .withSecurityContext(Restricted.container())
                .withVolumeMounts(volumes.mounts())
                .build();
    }

    private List<String> arguments() {
        var cache = origin.cache();
        List<String> arguments = new ArrayList<>(List.of(
                "origin",
                "--source=" + OriginVolumes.SOURCE,
                "--dataset=" + origin.dataset().id(),
                "--key-sha256=" + origin.keySha256(),
                "--refresh=" + Objects.requireNonNullElse(cache.refresh(), "10m"),
                "--on-unreadable=" + Objects.requireNonNullElse(cache.onUnreadable(), OnUnreadable.Fail),
                "--on-change=" + Objects.requireNonNullElse(cache.onChange(), OnChange.Wait),
                "--state=" + OriginVolumes.STATE,
                "--port=" + Dataset.PORT,
                "--metrics-port=" + METRICS_PORT,
                "--enrol-at=" + origin.settings().enrolAt(),
                "--ca=" + OriginVolumes.AUTHORITY + "/ca.crt",
                "--token=" + OriginVolumes.TOKEN + "/token"));
        if (cache.megabytesPerSecond() != null) {
            arguments.add("--megabytes-per-second=" + cache.megabytesPerSecond());
        }
        origin.excluded().forEach(path -> arguments.add("--exclude=" + path));
        return arguments;
    }
}
