package dev.aquifer.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One cluster of {@code e2e/cluster}, known by its name; closing it takes it down. */
public record Cluster(String name) implements AutoCloseable {

    /** The image that every node has: static programs and a shell. */
    public static final String BUSYBOX = "busybox:1";

    /** From nothing, the first start of all builds Kubernetes. */
    private static final Duration LIMIT = Duration.ofMinutes(40);

    /** A name that no other run of the tests on this machine takes. */
    public static Cluster named(String purpose) {
        return new Cluster(purpose + "-" + ProcessHandle.current().pid());
    }

    /** Starts it; should these tests be killed, the next start of any cluster ends it. */
    public Cluster up(String... options) {
        return upFor(ProcessHandle.current(), options);
    }

    /** As {@link #up}, for as long as another process runs. */
    public Cluster upFor(ProcessHandle keeper, String... options) {
        var words = words("up", options);
        words.addAll(List.of("--keeper", String.valueOf(keeper.pid())));
        run(words);
        return this;
    }

    /** Takes it down, if it is up. */
    public void down() {
        run(words("down"));
    }

    /** Runs kubectl as an administrator; returns what it printed. */
    public String kubectl(String... arguments) {
        return run(words("kubectl", arguments));
    }

    /** Runs kubectl with a manifest on standard input, for {@code -f -}. */
    public String kubectlOn(String manifest, String... arguments) {
        return new Command(words("kubectl", arguments), LIMIT).run(manifest);
    }

    /** Builds our images if they are stale, loads them and installs the chart. */
    public void install(String... helmArguments) {
        run(words("install", helmArguments));
    }

    /** Gives image archives to its nodes. */
    public void load(String... archives) {
        run(words("load", archives));
    }

    /** Runs Helm as an administrator. */
    public void helm(String... arguments) {
        run(words("helm", arguments));
    }

    /** The path of a kubeconfig of an administrator. */
    public String kubeconfig() {
        return run(words("kubeconfig")).strip();
    }

    /** The command as it is, for a test that wants to meddle with it. */
    public Command command(String verb, String... arguments) {
        return new Command(words(verb, arguments), LIMIT);
    }

    /** What a pod measures, passed on by the API server. */
    public String metrics(String namespace, String pod, int port) {
        return kubectl("get", "--raw", metricsPath(namespace, pod, port));
    }

    /** Where the API server passes it on. */
    public static String metricsPath(String namespace, String pod, int port) {
        return "/api/v1/namespaces/%s/pods/%s:%d/proxy/metrics".formatted(namespace, pod, port);
    }

    /** Starts a pod that does nothing, and waits until it runs. */
    public void runIdlePod(String pod) {
        kubectl("run", pod, "--image=" + BUSYBOX, "--restart=Never", "--", "sleep", "3600");
        kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=180s");
    }

    @Override
    public void close() {
        down();
    }

    private static String run(List<String> words) {
        return new Command(words, LIMIT).run();
    }

    private List<String> words(String verb, String... arguments) {
        var words = new ArrayList<>(List.of(script().toString(), "--name", name, verb));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Tests run in the folder of their module. */
    private static Path script() {
        return Path.of("cluster").toAbsolutePath();
    }
}
