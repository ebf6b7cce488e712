package dev.aquifer.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** AdmissionReviews in the form in which an API server sends them. */
final class Reviews {
    static final String UID = "705ab4f5-6393-11e8-b7cc-42010a800002";
    static final String NAMESPACE = "climate-ref";

    private static final String POD = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"worker-","namespace":"climate-ref",\
            "labels":{"app":"worker"},"annotations":{%s}},\
            "spec":{"containers":[{"name":"main","image":"worker:1"}],"serviceAccountName":"default"}}""";

    private static final String REVIEW = """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",\
            "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
            "requestKind":{"group":"","version":"v1","kind":"Pod"},\
            "requestResource":{"group":"","version":"v1","resource":"pods"},\
            "namespace":"%s","operation":"CREATE",\
            "userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller","groups":["g"]},\
            "object":%s,"oldObject":null,"dryRun":false,"options":{"kind":"CreateOptions"}}}
            """;

    private Reviews() {}

    static String of(String pod) {
        return REVIEW.formatted(UID, NAMESPACE, pod);
    }

    static String in(String namespace) {
        return REVIEW.formatted(UID, namespace, plainPod());
    }

    static String plainPod() {
        return POD.formatted("");
    }

    /** A pod that names a claim itself, as it would be stored. */
    static String podThatNames(String claim) {
        return plainPod()
                .replace(
                        "\"spec\":{",
                        "\"spec\":{\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"%s\"}}],"
                                .formatted(claim));
    }

    static String podThatAsksFor(String volumes) {
        return POD.formatted("\"aquifer.dev/volumes\":\"%s\"".formatted(volumes));
    }

    /** A pod that was stored in 1.2 MB and arrives in 7.2: each character is escaped. */
    static String podOfEscapes() {
        return POD.formatted("\"note\":\"%s\"".formatted("\\u003c".repeat(1_200_000)));
    }

    /** A review with annotations of filler, of exactly this many bytes. */
    static byte[] ofSize(int bytes) {
        int note = 1 << 20;
        StringBuilder annotations = new StringBuilder();
        int left = bytes - of(POD.formatted("\"\":\"\"")).length();
        for (int i = 0; left > 2 * note; i++) {
            String one = "\"note-%d\":\"%s\",".formatted(i, "x".repeat(note));
            annotations.append(one);
            left -= one.length();
        }
        annotations.append("\"\":\"%s\"".formatted("x".repeat(left)));
        return of(POD.formatted(annotations)).getBytes(UTF_8);
    }

    static String nested(int levels) {
        return of("{\"metadata\":{\"deep\":" + "[".repeat(levels) + "]".repeat(levels)
                + "},\"spec\":{\"containers\":[]}}");
    }

    static String withContainers(int count) {
        return of("{\"metadata\":{},\"spec\":{\"containers\":["
                + IntStream.range(0, count)
                        .mapToObj("{\"name\":\"c%d\",\"image\":\"i\"}"::formatted)
                        .collect(Collectors.joining(","))
                + "]}}");
    }

    /** Where each of these bodies goes wrong, no uid can be answered to. */
    static List<String> withoutAnAnswer() {
        String good = of(plainPod());
        return List.of(
                "",
                "nonsense",
                "[]",
                "null",
                "\"text\"",
                "{}",
                good.substring(0, good.length() / 2),
                good + "x",
                good + "{}",
                good + good,
                good.replace("\"uid\":\"" + UID + "\",", ""),
                good.replace("\"" + UID + "\"", "\"\""),
                good.replace("\"" + UID + "\"", "7"),
                good.replace("\"" + UID + "\"", "null"),
                good.replace(UID, "\\ud800"),
                good.replace(UID, "u".repeat(257)),
                good.replace("admission.k8s.io/v1", "admission.k8s.io/v1beta1"),
                good.replace("AdmissionReview", "ConversionReview"),
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}",
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":null}",
                good.replace("\"operation\"", "\"uid\":\"2\",\"operation\""),
                good.replace("\"object\"", "\"object\":null,\"object\""),
                good.replace("\"version\":\"v1\",\"kind\"", "\"version\":\"v2\",\"version\":\"v1\",\"kind\""),
                good.replace(
                        "\"kind\":\"AdmissionReview\"", "\"kind\":\"AdmissionReview\",\"kind\":\"AdmissionReview\""),
                nested(10_000),
                of(POD.formatted("\"note\":\"%s\"".formatted("x".repeat((4 << 20) + 1)))),
                good.replace("worker-", "\t"));
    }
}
