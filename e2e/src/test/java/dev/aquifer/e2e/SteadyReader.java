package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/**
 * A pod that reads three files of a shared volume again and again, counts that, and says so if they are not what they were or
 * cannot be read.
 */
public record SteadyReader(Cluster cluster, String namespace, String name) {
    /** Of each of the three. */
    public static final int FILE = 3_000_000;

    private static final String[] FILES = {"one", "two", "three"};

    /** Puts the files into a source. */
    public static void fill(HostDirectory data, int seed) throws IOException {
        Random random = new Random(seed);
        for (String name : FILES) {
            byte[] bytes = new byte[FILE];
            random.nextBytes(bytes);
            Files.write(data.path().resolve(name), bytes);
        }
    }

    /** What a reader of the files would see, as md5sum says it. */
    public static String sum(HostDirectory data) {
        return Command.of("sh", "-c", "cd '%s' && cat %s | md5sum".formatted(data.path(), String.join(" ", FILES)))
                .run()
                .strip();
    }

    /** A pod that asks for a volume, which must be at {@code /ref}, and is ready once it has read the files twice. */
    static String manifest(String name, String volume) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: %s, annotations: {aquifer.dev/volumes: %s}}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
                - name: main
                  image: "busybox:1"
                  command:
                    - sh
                    - -c
                    - |
                      cd /tmp
                      read_all() { cat /ref/one /ref/two /ref/three | md5sum; }
                      read_all >sum
                      n=0
                      while sleep 0.1; do
                        [ "$(read_all)" = "$(cat sum)" ] || echo changed
                        n=$((n + 1)) && echo $n >next && mv next reads
                      done
                  readinessProbe: {exec: {command: [test, -s, /tmp/reads]}, periodSeconds: 1}
            """.formatted(name, volume);
    }

    /** Waits until admission would take such a pod. */
    public static void awaitKnown(Cluster cluster, String namespace, String volume) {
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> !cluster.kubectlOn(
                                manifest("known", volume), "create", "--dry-run=server", "-n", namespace, "-f", "-")
                        .isEmpty());
    }

    /** Makes the pod; it may be pending yet. */
    public static SteadyReader make(Cluster cluster, String namespace, String name, String volume) {
        cluster.kubectlOn(manifest(name, volume), "apply", "-n", namespace, "-f", "-");
        return new SteadyReader(cluster, namespace, name);
    }

    /** Waits until it has read the files twice. */
    public SteadyReader awaitReady() {
        cluster.kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod/" + name, "--timeout=180s");
        return this;
    }

    /** What it read first, and since. */
    public String sum() {
        return exec("cat /tmp/sum");
    }

    /** Waits until it has read everything once more, and sees that it was always the same. */
    public void awaitReadAlike() {
        long before = reads();
        await().atMost(Duration.ofMinutes(1)).until(() -> reads() > before + 1);
        assertThat(cluster.kubectl("-n", namespace, "logs", name)).as(name).isBlank();
    }

    /** Like {@link #awaitReadAlike}, in one and the same container since the pod started. */
    public void awaitUndisturbed() {
        awaitReadAlike();
        assertThat(cluster.kubectl(
                        "-n",
                        namespace,
                        "get",
                        "pod",
                        name,
                        "-o",
                        "jsonpath={.status.containerStatuses[0].restartCount}"))
                .isEqualTo("0");
    }

    /** Deletes the pod and waits until it is gone. */
    public void remove() {
        cluster.kubectl("-n", namespace, "delete", "pod", name, "--now");
    }

    /** How often it has read everything. */
    private long reads() {
        return Long.parseLong(exec("cat /tmp/reads"));
    }

    private String exec(String script) {
        return cluster.kubectl("-n", namespace, "exec", name, "--", "sh", "-c", script)
                .strip();
    }
}
