package dev.aquifer.webhook.workload;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.paths.RequiredPath;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Job that makes directories in a source, in the owner's namespace, or only looks whether its subdirectory is there.
 *
 * @param claim by which the source is mounted
 * @param source names what is behind the claim: in another source the work is to be done anew
 * @param subdirectory the volume's root within the claim; null for the claim's own
 * @param runAsUser null for one that owns nothing, and so the group
 * @param settings what all have in common
 */
public record DirectoriesJob(
        String namespace,
        String volume,
        String volumeUid,
        String claim,
        String source,
        @Nullable String subdirectory,
        List<RequiredPath> required,
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        JobSettings settings) {
    /** A Job that ended is gone after so long; one that failed is tried again then. */
    public static final Duration KEPT = Duration.ofHours(1);

    /** What all names of such Jobs begin with; nobody else gives one like it. */
    public static final String NAME_PREFIX = "aquifer-directories-";

    /** The container that reports in its termination message. */
    public static final String CONTAINER = "make-directories";

    private static final String ROOT = "/source";
    private static final long DEADLINE_SECONDS = 300;

    public DirectoriesJob {
        required = List.copyOf(required);
    }

    /** The same for the same work, so that work that was done or failed is known again. */
    public String name() {
        List<String> work = new ArrayList<>(List.of(volumeUid, claim, source, settings.toString()));
        work.add(runAsUser + ":" + runAsGroup);
        work.addAll(arguments());
        return NAME_PREFIX + UUID.nameUUIDFromBytes(String.join("\n", work).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The object to apply.
     *
     * @param node where the claim is in use, beside whose pods the Job can mount it too; null where it is not
     */
    public Job manifest(@Nullable String node) {
        Map<String, String> labels =
                Map.of(PairLabels.KUBERNETES_MANAGED_BY, PairLabels.AQUIFER, PairLabels.VOLUME_UID, volumeUid);
        return new JobBuilder()
                .withMetadata(metadata(labels))
                .withNewSpec()
                .withBackoffLimit(0)
                .withActiveDeadlineSeconds(DEADLINE_SECONDS)
                .withTtlSecondsAfterFinished((int) KEPT.toSeconds())
                .withTemplate(near(node, settings.pods().addedTo(template(labels))))
                .endSpec()
                .build();
    }

    /** Only by preference: a claim that many nodes may have can be mounted anywhere. */
    private static PodTemplateSpec near(@Nullable String node, PodTemplateSpec template) {
        if (node != null && template.getSpec().getAffinity() == null) {
            template.getSpec()
                    .setAffinity(new AffinityBuilder()
                            .withNewNodeAffinity()
                            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                            .withWeight(100)
                            .withNewPreference()
                            .addNewMatchField()
                            .withKey("metadata.name")
                            .withOperator("In")
                            .withValues(node)
                            .endMatchField()
                            .endPreference()
                            .endPreferredDuringSchedulingIgnoredDuringExecution()
                            .endNodeAffinity()
                            .build());
        }
        return template;
    }

    private PodTemplateSpec template(Map<String, String> labels) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(PodAnnotations.LEFT_ALONE)
                .endMetadata()
                .withSpec(pod())
                .build();
    }

    private ObjectMeta metadata(Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name())
                .withLabels(labels)
                .addNewOwnerReference()
                .withApiVersion("aquifer.dev/v1alpha1")
                .withKind("SharedVolume")
                .withName(volume)
                .withUid(volumeUid)
                .endOwnerReference()
                .build();
    }

    private PodSpec pod() {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(Restricted.pod(runAsUser, runAsGroup))
                .withContainers(container())
                .addNewVolume()
                .withName("source")
                .withNewPersistentVolumeClaim(claim, required.isEmpty())
                .endVolume()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private Container container() {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(settings.image())
                .withImagePullPolicy(settings.pullPolicy())
                .withArgs(arguments())
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("128Mi")))
                .withLimits(Map.of("cpu", new Quantity("1"), "memory", new Quantity("256Mi")))
                .endResources()
                .withSecurityContext(Restricted.container())
                .addNewVolumeMount()
                .withName("source")
                .withMountPath(ROOT)
                .withReadOnly(required.isEmpty())
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("make-directories");
        arguments.add("--root=" + ROOT);
        if (subdirectory != null) {
            arguments.add("--subdirectory=" + subdirectory);
        }
        arguments.add("--report=/dev/termination-log");
        for (RequiredPath path : required) {
            arguments.add((path.writable() ? "--writable=" : "--readable=") + path.path());
        }
        return arguments;
    }
}
