package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.workload.DirectoriesJob;
import dev.aquifer.webhook.workload.JobSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs of ours run in namespaces that allow no more than they must, and where pods have to say what they take. */
final class RestrictedIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();
    private static final String NAMESPACE = "restricted-jobs";

    @BeforeAll
    static void restrict() {
        api.namespace(NAMESPACE, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    }

    @Test
    void theJobThatMakesDirectoriesMayRun() {
        Job job = new DirectoriesJob(
                        NAMESPACE, "ref", "uid", "data", "pv", null, List.of(), null, null, JobSettings.of("aquifer"))
                .manifest(null);

        mayRun(job);
    }

    @Test
    void theJobThatUninstallsMayRun() {
        mayRun(Release.all(Job.class, release.objects("--show-only", "templates/uninstall.yaml"))
                .findFirst()
                .orElseThrow());
    }

    private static void mayRun(Job job) {
        PodTemplateSpec template = job.getSpec().getTemplate();
        template.getSpec().setServiceAccountName("default");
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("of-a-job")
                .endMetadata()
                .withSpec(template.getSpec())
                .build();

        Pod created = api.client().resource(pod).dryRun().create();

        assertThat(created.getSpec().getContainers())
                .isNotEmpty()
                .extracting(Container::getResources)
                .allSatisfy(resources -> {
                    assertThat(resources.getRequests()).containsKeys("cpu", "memory");
                    assertThat(resources.getLimits()).containsKey("memory");
                });
    }
}
