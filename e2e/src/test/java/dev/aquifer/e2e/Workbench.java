package dev.aquifer.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The example workbench on an installation: courseware in its owner's namespace, shared with the namespaces of users.
 *
 * @param directory behind the owner's claim
 */
public record Workbench(Cluster cluster, HostDirectory directory) implements AutoCloseable {
    /** The courseware's namespace. */
    public static final String OWNER = "courseware";
    /** The namespace of a user who writes courses, too. */
    public static final String ALICE = "user-alice";
    /** The namespace of a user who reads. */
    public static final String BOB = "user-bob";

    static final String CAROL = "user-carol";

    private static final Path EXAMPLE = Path.of("../manifests/examples/workbench");
    private static final String VOLUME = "courseware-test";

    /** Shares the courseware, and waits until its users have their claims. */
    public static Workbench open(Installation aquifer) throws IOException {
        Workbench workbench = new Workbench(aquifer.cluster(), HostDirectory.make("aquifer-courseware-"));
        try {
            workbench.share();
            return workbench;
        } catch (Throwable e) {
            workbench.close();
            throw e;
        }
    }

    private void share() {
        apply("owner.yaml");
        applyText("""
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %s}
                spec:
                  capacity: {storage: 10Gi}
                  accessModes: [ReadWriteMany]
                  persistentVolumeReclaimPolicy: Retain
                  claimRef: {namespace: %s, name: shared}
                  hostPath: {path: %s}
                """.formatted(VOLUME, OWNER, directory.path()));
        apply("lesson.yaml");
        cluster.kubectl("-n", OWNER, "wait", "--for=condition=Complete", "job/lesson", "--timeout=90s");
        welcome();
    }

    /** Applies what the example says of the volume and its users, and waits until it holds. */
    private void welcome() {
        apply("shared-volume.yaml");
        apply("users.yaml");
        cluster.kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/shared", "--timeout=120s");
        awaitClaim(ALICE, "ro");
        awaitClaim(BOB, "ro");
        awaitInjection(ALICE);
        awaitInjection(BOB);
    }

    /** Removes the users' pods, and brings back what a test changed of the volume and its users. */
    public void reset() {
        for (String user : List.of(ALICE, BOB)) {
            cluster.kubectl("-n", user, "delete", "pod", "--all", "--grace-period=0", "--force");
        }
        say("{\"readPath\": null, \"onRevoke\": null, \"evictDeadline\": null, \"directories\": null}");
        welcome();
    }

    /** Changes these fields of the volume's spec, written as JSON. */
    public void say(String fields) {
        cluster.kubectl(
                "-n",
                OWNER,
                "patch",
                "sharedvolume",
                "shared",
                "--type=merge",
                "-p",
                "{\"spec\": %s}".formatted(fields));
    }

    /** Waits until admission knows the namespace and the volume with its directories, as a dry run shows. */
    public void awaitInjection(String namespace) {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().until(() -> {
            ask(namespace, OWNER + "/shared");
            return true;
        });
    }

    /** Asks for volumes by annotation, in a dry run; a refusal is thrown. */
    public void ask(String namespace, String volumes) {
        applyText("""
                apiVersion: v1
                kind: Pod
                metadata: {name: asking, annotations: {aquifer.dev/volumes: "%s"}}
                spec:
                  containers: [{name: main, image: "busybox:1"}]
                """.formatted(volumes), "-n", namespace, "--dry-run=server");
    }

    /** Applies a file of the example, in a namespace if the file names none. */
    public void apply(String file, String... options) {
        List<String> words =
                new ArrayList<>(List.of("apply", "-f", EXAMPLE.resolve(file).toString()));
        words.addAll(List.of(options));
        cluster.kubectl(words.toArray(String[]::new));
    }

    /** Applies a manifest, in a namespace if it names none. */
    public void applyText(String manifest, String... options) {
        List<String> words = new ArrayList<>(List.of("apply", "-f", "-"));
        words.addAll(List.of(options));
        cluster.kubectlOn(manifest, words.toArray(String[]::new));
    }

    /** The directory of this machine behind the owner's claim. */
    public Path data() {
        return directory.path();
    }

    /** Starts a pod of the example in a namespace and waits until it runs. */
    public void run(String namespace, String pod) {
        apply(pod + ".yaml", "-n", namespace);
        cluster.kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod/" + pod, "--timeout=120s");
    }

    /** Removes a pod at once, if it is there. */
    public void remove(String namespace, String pod) {
        cluster.kubectl(
                "-n", namespace, "delete", "pod", pod, "--ignore-not-found", "--grace-period=0", "--force", "--wait");
    }

    /** What a shell in the pod prints; whatever its exit code is, it is printed last. */
    public String exec(String namespace, String pod, String script) {
        return cluster.kubectl("-n", namespace, "exec", pod, "--", "sh", "-c", "{ " + script + "; } 2>&1; echo $?")
                .strip();
    }

    /** What a pod can do with a path, in a word: see {@code e2e/lib/probe}. */
    public String probe(String namespace, String pod, String path) throws IOException {
        return cluster.kubectl(
                        "-n",
                        namespace,
                        "exec",
                        pod,
                        "--",
                        "sh",
                        "-c",
                        Files.readString(Path.of("lib/probe")),
                        "probe",
                        path,
                        "marker")
                .strip();
    }

    /** Our claims in a namespace, {@code name phase deletion} each. */
    public List<String> claims(String namespace, String mode) {
        String selector = "app.kubernetes.io/managed-by=aquifer,aquifer.dev/mode=" + mode;
        return cluster.kubectl(
                        "-n",
                        namespace,
                        "get",
                        "pvc",
                        "-l",
                        selector,
                        "--no-headers",
                        "-o",
                        "custom-columns=N:.metadata.name,P:.status.phase,D:.metadata.deletionTimestamp")
                .lines()
                .filter(line -> !line.startsWith("No resources"))
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    void awaitClaim(String namespace, String mode) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> claims(namespace, mode).stream().anyMatch(claim -> claim.endsWith(" Bound <none>")));
    }

    /** Waits until a namespace has none of our claims. */
    public void awaitNoClaim(String namespace) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> claims(namespace, "ro").isEmpty()
                        && claims(namespace, "rw").isEmpty());
    }

    /** As the files of the courseware are now. */
    public SourceState state() throws IOException {
        return SourceState.of(data());
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            cluster.kubectl("-n", OWNER, "delete", "sharedvolume", "shared", "--ignore-not-found", "--wait");
            cluster.kubectl("delete", "namespace", ALICE, BOB, CAROL, OWNER, "--ignore-not-found", "--wait");
            cluster.kubectl("delete", "pv", VOLUME, "--ignore-not-found");
        }
    }
}
