package dev.aquifer.e2e.cases;

import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.Pods;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;

/** The example's Deployments and its Job, with climate-ref in the place of what they run. */
final class ClimateRefWorkloads {
    /** Whose workers they are. */
    static final String TENANT = "providers";

    private static final String PYTHON = "/usr/bin/python3";
    private static final String WORKER = "/usr/bin/ref-celery";

    /** What the containers of the example run in place of sleep. */
    private static final Map<String, List<String>> COMMANDS = Map.of(
            "api", List.of(PYTHON, "-c", "import time; time.sleep(86400)"),
            "worker", List.of(WORKER, "start-worker", "--provider", "example"),
            "orchestrator", List.of(WORKER, "start-worker"),
            "migrate", List.of("/usr/bin/ref", "db", "migrate"));

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "REF_CONFIGURATION", "/ref",
            // /ref/log is the orchestrator's alone
            "REF_LOG_ROOT", "/tmp/log",
            // in the place of a PostgreSQL, for the pod that solves and handles results
            "REF_DATABASE_URL", "sqlite:////tmp/climate_ref.db",
            "REF_EXECUTOR", "climate_ref_celery.executor.CeleryExecutor",
            "CELERY_BROKER_URL", "redis://broker." + Installation.NAMESPACE + ":6379/0",
            "CELERY_WORKER_CONCURRENCY", "1",
            "HOME", "/tmp",
            // a list that it looks for is on the Internet: here is none
            "HTTPS_PROXY", "http://127.0.0.1:9",
            // it looks for git as it starts
            "GIT_PYTHON_REFRESH", "quiet");

    private ClimateRefWorkloads() {}

    /** Where a component's pods are. */
    static String namespace(String component) {
        return component.equals("worker") ? TENANT : Installation.NAMESPACE;
    }

    /** The example's workload with the application in place of busybox. */
    static HasMetadata running(HasMetadata workload) {
        String component = workload.getMetadata().getName();
        return switch (workload) {
            case Deployment deployment ->
                new DeploymentBuilder(deployment)
                        .editMetadata()
                        .withNamespace(namespace(component))
                        .endMetadata()
                        .editSpec()
                        .withNewStrategy()
                        .withType("Recreate") // a worker that ends must take no task in place of the next
                        .endStrategy()
                        .withTemplate(running(component, deployment.getSpec().getTemplate()))
                        .endSpec()
                        .build();
            case Job job ->
                new JobBuilder(job)
                        .editSpec()
                        .withTemplate(running(component, job.getSpec().getTemplate()))
                        .endSpec()
                        .build();
            default -> throw new IllegalArgumentException("expected a Deployment or a Job, found " + workload);
        };
    }

    private static PodTemplateSpec running(String component, PodTemplateSpec template) {
        PodTemplateSpecBuilder builder = new PodTemplateSpecBuilder(template)
                .editSpec()
                .withTerminationGracePeriodSeconds(1L)
                .editFirstContainer()
                .withImage("climate-ref:1")
                .withImagePullPolicy("Never")
                .withCommand(COMMANDS.get(component))
                .addAllToEnv(ENVIRONMENT.entrySet().stream()
                        .map(entry -> new EnvVar(entry.getKey(), entry.getValue(), null))
                        .toList())
                .endContainer()
                .endSpec();
        return namespace(component).equals(Installation.NAMESPACE)
                ? builder.build()
                : builder.editMetadata()
                        .addToAnnotations(Pods.VOLUMES, Installation.NAMESPACE + "/ref")
                        .endMetadata()
                        .build();
    }
}
