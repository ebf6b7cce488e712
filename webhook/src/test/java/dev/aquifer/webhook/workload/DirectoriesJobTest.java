package dev.aquifer.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.paths.RequiredPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DirectoriesJobTest {
    private static final OwnerPods ADDED = OwnerPods.parse("{\"nodeSelector\": {\"zone\": \"a\", \"disk\": \"fast\"}}");

    @Test
    void runsAsTheSettingsOfAllJobsSay() {
        PodTemplateSpec pod = job(new JobSettings("mirror/aquifer:2", "Always", ADDED))
                .manifest(null)
                .getSpec()
                .getTemplate();

        assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("mirror/aquifer:2");
        assertThat(pod.getSpec().getContainers().getFirst().getImagePullPolicy())
                .isEqualTo("Always");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("zone", "a");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("aquifer.dev/inject", "false");
    }

    /** What a Job is made of cannot be changed, so that other settings make another Job. */
    @Test
    void hasANameOfItsSettings() {
        JobSettings plain = JobSettings.of("aquifer");

        assertThat(job(plain).name()).isEqualTo(job(plain).name());
        assertThat(job(new JobSettings("aquifer", "IfNotPresent", ADDED)).name())
                .isNotEqualTo(job(plain).name())
                .isEqualTo(job(new JobSettings(
                                "aquifer",
                                "IfNotPresent",
                                OwnerPods.parse("{\"nodeSelector\": {\"disk\": \"fast\", \"zone\": \"a\"}}")))
                        .name());
    }

    /** With a subPath kubelet would make the very directory that is looked for. */
    @Test
    void mountsTheSourceAsAWholeAndWithoutARightToWriteWhereItOnlyLooks() {
        JobSettings plain = JobSettings.of("aquifer");
        PodSpec looks = job("v1", List.of(), plain)
                .manifest(null)
                .getSpec()
                .getTemplate()
                .getSpec();
        PodSpec makes = job("v1", List.of(new RequiredPath("results", true)), plain)
                .manifest(null)
                .getSpec()
                .getTemplate()
                .getSpec();

        for (PodSpec pod : List.of(looks, makes)) {
            assertThat(pod.getContainers().getFirst().getArgs()).contains("--root=/source", "--subdirectory=v1");
            assertThat(pod.getContainers().getFirst().getVolumeMounts())
                    .extracting(VolumeMount::getSubPath)
                    .containsOnlyNulls();
        }
        assertThat(looks.getContainers().getFirst().getVolumeMounts().getFirst().getReadOnly())
                .isTrue();
        assertThat(makes.getContainers().getFirst().getVolumeMounts().getFirst().getReadOnly())
                .isFalse();
    }

    /** A claim that one node may have at a time can be mounted nowhere else; where an administrator sends such pods goes before. */
    @Test
    void runsWhereItsClaimIsInUse() {
        JobSettings sent = new JobSettings("aquifer", "IfNotPresent", OwnerPods.parse("{\"affinity\": {}}"));

        assertThat(affinity(job(JobSettings.of("aquifer")).manifest("node-1"))).contains("metadata.name", "node-1");
        assertThat(affinity(job(JobSettings.of("aquifer")).manifest(null))).isEqualTo("null");
        assertThat(affinity(job(sent).manifest("node-1"))).doesNotContain("node-1");
    }

    private static String affinity(Job job) {
        return String.valueOf(job.getSpec().getTemplate().getSpec().getAffinity());
    }

    private static DirectoriesJob job(JobSettings settings) {
        return job(null, List.of(), settings);
    }

    private static DirectoriesJob job(
            @Nullable String subdirectory, List<RequiredPath> required, JobSettings settings) {
        return new DirectoriesJob("owner", "ref", "uid", "data", "pv", subdirectory, required, null, null, settings);
    }
}
