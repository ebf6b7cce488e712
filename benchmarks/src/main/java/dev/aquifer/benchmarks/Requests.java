package dev.aquifer.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the bodies that load is made with: a worker's pod as a client sends it, and its review as the API server does. */
final class Requests {
    private static final String UID = "0df28fbd-5f5f-11e8-bc74-36e6bb280816";

    private Requests() {}

    /** Arguments: the directory for {@code pod.json} and {@code review.json}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        String pod = new String(Samples.pod(1), UTF_8);
        Files.writeString(directory.resolve("pod.json"), pod.replace("\"namespace\":\"team-0\",", ""));
        Files.writeString(directory.resolve("review.json"), review(pod));
    }

    private static String review(String pod) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",\
                "kind":{"group":"","version":"v1","kind":"Pod"},\
                "resource":{"group":"","version":"v1","resource":"pods"},\
                "namespace":"team-0","operation":"CREATE","userInfo":{"username":"admin","groups":["system:masters"]},\
                "object":%s,"oldObject":null,"dryRun":false,\
                "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"}}}""".formatted(UID, pod);
    }
}
