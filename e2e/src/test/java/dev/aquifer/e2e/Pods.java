package dev.aquifer.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Pods of the example's namespace, and what injection did to them. */
public final class Pods {
    /** The annotation by which a pod asks. */
    public static final String VOLUMES = "aquifer.dev/volumes";
    /** The label that says which part of a program a pod is. */
    public static final String COMPONENT = "app.kubernetes.io/component";

    private Pods() {}

    /** A pod that asks for the volume in the role of its labels, or the default one. */
    public static PodBuilder asking(String name) {
        return plain(name).editMetadata().addToAnnotations(VOLUMES, "ref").endMetadata();
    }

    /** A pod that asks for nothing. */
    public static PodBuilder plain(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(Installation.NAMESPACE)
                .endMetadata()
                .withSpec(spec());
    }

    /** What an idle pod runs. */
    public static PodSpec spec() {
        return new PodBuilder()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("main")
                .withImage(Cluster.BUSYBOX)
                .withCommand("/bin/sleep", "3600")
                .endContainer()
                .endSpec()
                .buildSpec();
    }

    /** Waits until admission knows the shared volume. */
    public static void awaitInjection(Installation aquifer) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> isInjected(aquifer.client()
                        .resource(asking("known").build())
                        .dryRun()
                        .create()));
    }

    /** Whether a worker would get a scratch of its own now, which is limited as the example says. */
    public static boolean hasScratch(Installation aquifer) {
        Pod worker = asking("worker")
                .editMetadata()
                .addToLabels(COMPONENT, "worker")
                .endMetadata()
                .build();
        return aquifer.client().resource(worker).dryRun().create().getSpec().getVolumes().stream()
                .map(Volume::getEmptyDir)
                .filter(Objects::nonNull)
                .map(EmptyDirVolumeSource::getSizeLimit)
                .anyMatch(limit -> limit != null && limit.toString().equals("64Mi"));
    }

    /** The injected mounts of every container, by container, as {@code volume:path[:ro]}. */
    public static Map<String, List<String>> mounts(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .collect(java.util.stream.Collectors.toMap(Container::getName, Pods::mounts));
    }

    private static List<String> mounts(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> mount.getName().startsWith("aquifer-"))
                .map(Pods::text)
                .toList();
    }

    private static String text(VolumeMount mount) {
        return mount.getName() + ":" + mount.getMountPath() + (Boolean.TRUE.equals(mount.getReadOnly()) ? ":ro" : "");
    }

    /** The names of the injected volumes. */
    public static List<String> volumes(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getName)
                .filter(name -> name.startsWith("aquifer-"))
                .toList();
    }

    /** Whether every container has its mounts. */
    public static boolean isInjected(Pod pod) {
        return !volumes(pod).isEmpty() && mounts(pod).values().stream().noneMatch(List::isEmpty);
    }
}
