package dev.aquifer.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoriesJobTest {
    private static final OwnerPods ADDED = OwnerPods.parse("{\"nodeSelector\": {\"zone\": \"a\", \"disk\": \"fast\"}}");

    @Test
    void runsAsTheSettingsOfAllJobsSay() {
        PodTemplateSpec pod = job(new JobSettings("mirror/aquifer:2", "Always", ADDED))
                .manifest()
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

    private static DirectoriesJob job(JobSettings settings) {
        return new DirectoriesJob("owner", "ref", "uid", "data", "pv", null, List.of(), null, null, settings);
    }
}
