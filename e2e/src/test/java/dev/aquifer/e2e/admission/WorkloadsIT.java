package dev.aquifer.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However a pod comes to be, it gets the same volumes. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class WorkloadsIT {
    private static final Map<String, String> LABELS = Map.of("test", "workloads", Pods.COMPONENT, "worker");

    private final Installation aquifer;
    private Pod expected = new Pod();

    WorkloadsIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeEach
    void makeAPodByItself() {
        expected = pod(create(named("alone")));
        assertThat(Pods.isInjected(expected)).isTrue();
    }

    @AfterEach
    void removeAll() {
        aquifer.cluster()
                .kubectl(
                        "-n",
                        Installation.NAMESPACE,
                        "delete",
                        "deployment,statefulset,cronjob,job,pod",
                        "-l",
                        "test=workloads",
                        "--grace-period=0",
                        "--force");
    }

    @Test
    void aDryRunAnswersAsTheRealOne() {
        assertSame(pod(create(named("dry"), "--dry-run=server")));
    }

    @Test
    void aServerSideApplyIsInjected() {
        assertSame(pod(apply(named("applied"))));
    }

    @Test
    void aDryRunOfAServerSideApplyAnswersAsTheRealOne() {
        assertSame(pod(apply(named("dry"), "--dry-run=server")));
    }

    @Test
    void applyingAgainLeavesTheInjectionAsItIs() {
        apply(named("twice"));

        assertSame(pod(apply(named("twice"))));
    }

    @Test
    void aDeploymentsPodIsInjected() {
        assertPodOf(new DeploymentBuilder()
                .withNewMetadata()
                .withName("deployed")
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("by", "deployed"))
                .endSelector()
                .withTemplate(template("deployed"))
                .endSpec()
                .build());
    }

    @Test
    void aStatefulSetsPodIsInjected() {
        assertPodOf(new StatefulSetBuilder()
                .withNewMetadata()
                .withName("stateful")
                .endMetadata()
                .withNewSpec()
                .withServiceName("none")
                .withNewSelector()
                .withMatchLabels(Map.of("by", "stateful"))
                .endSelector()
                .withTemplate(template("stateful"))
                .endSpec()
                .build());
    }

    @Test
    void aJobsPodIsInjected() {
        assertPodOf(new JobBuilder()
                .withNewMetadata()
                .withName("job")
                .endMetadata()
                .withNewSpec()
                .withTemplate(onceOnly("job"))
                .endSpec()
                .build());
    }

    @Test
    void aCronJobsPodIsInjected() {
        HasMetadata cron = new CronJobBuilder()
                .withNewMetadata()
                .withName("cron")
                .endMetadata()
                .withNewSpec()
                .withSchedule("* * * * *")
                .withNewJobTemplate()
                .withNewSpec()
                .withTemplate(onceOnly("cron"))
                .endSpec()
                .endJobTemplate()
                .endSpec()
                .build();
        create(cron);
        // what the schedule would do at the full minute
        aquifer.cluster().kubectl("-n", Installation.NAMESPACE, "create", "job", "cron-now", "--from=cronjob/cron");
        assertSame(podOf("cron"));
        aquifer.cluster().kubectl("-n", Installation.NAMESPACE, "delete", "job/cron-now");
    }

    private void assertPodOf(HasMetadata workload) {
        create(workload);
        assertSame(podOf(workload.getMetadata().getName()));
    }

    private String create(HasMetadata workload, String... options) {
        return kubectl(workload, List.of("create", "--output=json"), options);
    }

    private String apply(HasMetadata workload, String... options) {
        return kubectl(workload, List.of("apply", "--server-side", "--output=json"), options);
    }

    /** Hands a workload to kubectl as a file, and returns what kubectl prints; with a warning it fails. */
    private String kubectl(HasMetadata workload, List<String> command, String... options) {
        workload.getMetadata().setNamespace(Installation.NAMESPACE);
        workload.getMetadata().setLabels(LABELS);
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--warnings-as-errors", "--filename=-"));
        words.addAll(List.of(options));
        return aquifer.cluster().kubectlOn(Serialization.asYaml(workload), words.toArray(String[]::new));
    }

    private static Pod pod(String json) {
        return Serialization.unmarshal(json, Pod.class);
    }

    private Pod podOf(String workload) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> aquifer.client()
                                .pods()
                                .inNamespace(Installation.NAMESPACE)
                                .withLabel("by", workload)
                                .list()
                                .getItems(),
                        pods -> !pods.isEmpty())
                .getFirst();
    }

    private void assertSame(Pod pod) {
        assertThat(Pods.volumes(pod)).isEqualTo(Pods.volumes(expected));
        assertThat(Pods.mounts(pod)).isEqualTo(Pods.mounts(expected));
        assertThat(pod.getMetadata().getAnnotations().get("aquifer.dev/injected"))
                .isEqualTo(expected.getMetadata().getAnnotations().get("aquifer.dev/injected"));
    }

    private static Pod named(String name) {
        return new PodBuilder(Pods.plain(name).build())
                .editMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .build();
    }

    private static PodTemplateSpec template(String by) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(LABELS)
                .addToLabels("by", by)
                .endMetadata()
                .withSpec(Pods.spec())
                .build();
    }

    private static PodTemplateSpec onceOnly(String by) {
        return new PodTemplateSpecBuilder(template(by))
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build();
    }
}
