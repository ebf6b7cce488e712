package dev.aquifer.e2e.cases;

import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.Pods;
import dev.aquifer.e2e.SteadyReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** climate-ref itself in the example's pods, with a Redis; its workers in a namespace of another tenant. */
record ClimateRefCelery(Installation aquifer) implements AutoCloseable {
    private static final Path RESOURCES = Path.of("src/test/resources/climate-ref");
    private static final String PYTHON = "/usr/bin/python3";

    /** Starts all of it, and grants the tenant the role of workers. */
    static ClimateRefCelery start(Installation aquifer) throws IOException {
        Cluster cluster = aquifer.cluster();
        Programs.on(cluster, "climate-ref");
        cluster.kubectlOn(CachedShare.tenant(ClimateRefWorkloads.TENANT, Installation.NAMESPACE), "apply", "-f", "-");
        ClimateRefCelery ref = new ClimateRefCelery(aquifer);
        ref.change(
                "add",
                "/spec/access/-",
                "{\"namespaces\":{\"names\":[\"%s\"]},\"roles\":[\"worker\"]}".formatted(ClimateRefWorkloads.TENANT));
        SteadyReader.awaitKnown(cluster, ClimateRefWorkloads.TENANT, Installation.NAMESPACE + "/ref");
        cluster.kubectl("apply", "-f", RESOURCES.resolve("broker.yaml").toString());
        String manifest = Installation.example("workloads.yaml");
        aquifer.client()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(workload -> aquifer.client()
                        .resource(ClimateRefWorkloads.running(workload))
                        .create());
        ref.awaitAll();
        return ref;
    }

    /** What {@code ref} prints as the orchestrator. */
    String ref(String... arguments) {
        return exec("orchestrator", Stream.concat(Stream.of("/usr/bin/ref"), Arrays.stream(arguments)));
    }

    /** Makes datasets of some models where the orchestrator may write, and enters them into its database. */
    void ingest(String... models) throws IOException {
        List<String> words = words("orchestrator", "-i");
        words.addAll(List.of(PYTHON, "-", "/ref/software/archive"));
        words.addAll(List.of(models));
        cluster().kubectlOn(Files.readString(RESOURCES.resolve("archive.py")), words.toArray(String[]::new));
        ref("datasets", "ingest", "--source-type", "cmip6", "/ref/software/archive");
    }

    /** Has the diagnostic of a model made by a worker, and waits until it ended. */
    void solve(String model) {
        solve(model, "/ref/scratch");
    }

    /** The same, by a worker that is told that a directory is the scratch. */
    void solve(String model, String scratch) {
        String program =
                "import os, sys; os.environ['REF_SCRATCH_ROOT'] = sys.argv[1]; os.execv(sys.argv[2], sys.argv[2:])";
        exec(
                "orchestrator",
                Stream.of(
                        PYTHON,
                        "-c",
                        program,
                        scratch,
                        "/usr/bin/ref",
                        "solve",
                        "--provider=example",
                        "--timeout=120",
                        "--dataset-filter=source_id=" + model));
    }

    /** How many executions of a model the orchestrator handled that were successful, or were not. */
    int handled(String model, boolean successful) {
        String query =
                "SELECT count(*) FROM execution WHERE output_fragment LIKE '%%/historical_%s_%%' AND successful = %d"
                        .formatted(model, successful ? 1 : 0);
        return Integer.parseInt(exec(
                "orchestrator",
                Stream.of(
                        PYTHON,
                        "-c",
                        "import sqlite3, sys; print(*sqlite3.connect('/tmp/climate_ref.db').execute(sys.argv[1]).fetchone())",
                        query)));
    }

    /** The names of all files that a component's pod sees below a directory of the volume. */
    List<String> files(String component, String directory) {
        String program = "import os, sys; print(*(f for _, _, files in os.walk(sys.argv[1]) for f in files))";
        return List.of(exec(component, Stream.of(PYTHON, "-c", program, "/ref/" + directory))
                .split(" "));
    }

    /** What a component printed since it started. */
    String log(String component) {
        return cluster().kubectl("-n", ClimateRefWorkloads.namespace(component), "logs", workload(component));
    }

    /** Lets workers and the orchestrator have the one scratch, as the example's README says. */
    void shareScratch() {
        change("replace", "/spec/roles/1/paths/1", "{\"path\":\"scratch\",\"access\":\"ReadWrite\"}");
        await().atMost(Duration.ofMinutes(2)).until(() -> !Pods.hasScratch(aquifer));
        cluster().kubectl("-n", ClimateRefWorkloads.TENANT, "rollout", "restart", "deployment/worker");
        awaitAll();
    }

    @Override
    public void close() {
        cluster().kubectl("delete", "namespace", ClimateRefWorkloads.TENANT, "--wait=false");
        List<String> words = new ArrayList<>(
                List.of("-n", Installation.NAMESPACE, "delete", "service/broker", "deployment/broker", "job/migrate"));
        words.addAll(List.of("deployment/api", "deployment/orchestrator"));
        cluster().kubectl(words.toArray(String[]::new));
        aquifer.apply("shared-volume.yaml");
    }

    private Cluster cluster() {
        return aquifer.cluster();
    }

    private void awaitAll() {
        for (String component : List.of("broker", "api", "worker", "orchestrator")) {
            cluster()
                    .kubectl(
                            "-n",
                            ClimateRefWorkloads.namespace(component),
                            "rollout",
                            "status",
                            "deployment/" + component,
                            "--timeout=180s");
        }
        cluster()
                .kubectl(
                        "-n",
                        Installation.NAMESPACE,
                        "wait",
                        "--for=condition=Complete",
                        "job/migrate",
                        "--timeout=180s");
    }

    private void change(String operation, String path, String value) {
        String patch = "[{\"op\":\"%s\",\"path\":\"%s\",\"value\":%s}]".formatted(operation, path, value);
        cluster().kubectl("-n", Installation.NAMESPACE, "patch", "sharedvolume", "ref", "--type=json", "-p", patch);
    }

    private String exec(String component, Stream<String> command) {
        List<String> words = words(component, "-q");
        command.forEach(words::add);
        return cluster().kubectl(words.toArray(String[]::new)).strip();
    }

    private static List<String> words(String component, String option) {
        return new ArrayList<>(
                List.of("-n", ClimateRefWorkloads.namespace(component), "exec", option, workload(component), "--"));
    }

    private static String workload(String component) {
        return (component.equals("migrate") ? "job/" : "deployment/") + component;
    }
}
