package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.admission.Review.Unanswerable;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.pod.MalformedPodException;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.json.JsonKind;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.MemberNames;
import org.jspecify.annotations.Nullable;

/** One pass over one review. Members may come in any order; what is not needed is skipped, not kept. */
final class ReviewPass {
    private static final String API_VERSION = "admission.k8s.io/v1";
    private static final String KIND = "AdmissionReview";
    private static final String POD = "v1 Pod";
    private static final String PODS = "v1 pods";
    private static final int UID_LENGTH = 256;
    private static final int NAME_LENGTH = 80;
    private static final int FAULT_LENGTH = 1000;

    private final JsonReader json;
    private final Webhook webhook;
    private String apiVersion = "";
    private String kind = "";
    private String uid = "";
    private String podKind = "";
    private String podResource = "";
    private String subResource = "";
    private String operation = "";
    private String namespace = "";
    private @Nullable Pod pod;
    private @Nullable String podFault;

    /** Reads one member whose value begins where the reader stands. */
    @FunctionalInterface
    private interface Member {
        void read(String name) throws MalformedJsonException, MalformedReviewException;
    }

    ReviewPass(JsonReader json, Webhook webhook) {
        this.json = json;
        this.webhook = webhook;
    }

    Review read() throws MalformedJsonException, MalformedReviewException {
        members("the body", this::envelopeMember);
        if (!json.atEnd()) {
            throw new MalformedReviewException("Expected nothing after the AdmissionReview, found more at byte "
                    + json.mark().at());
        }
        requireEnvelope();
        return review();
    }

    private void envelopeMember(String name) throws MalformedJsonException, MalformedReviewException {
        switch (name) {
            case "apiVersion" -> apiVersion = string(name);
            case "kind" -> kind = string(name);
            case "request" -> members(name, this::requestMember);
            default -> json.skip();
        }
    }

    private void requestMember(String name) throws MalformedJsonException, MalformedReviewException {
        switch (name) {
            case "uid" -> uid = string(name);
            case "kind" -> podKind = groupVersionAnd("kind");
            case "resource" -> podResource = groupVersionAnd("resource");
            case "subResource" -> subResource = string(name);
            case "operation" -> operation = string(name);
            case "namespace" -> namespace = string(name);
            case "object" -> object();
            default -> json.skip();
        }
    }

    /** Another kind's object is never read as a pod, when its kind comes first, as the API server writes it. */
    private void object() throws MalformedJsonException {
        if (json.kind() == JsonKind.NULL || !(podKind.isEmpty() || podKind.equals(POD))) {
            json.skip();
            return;
        }
        JsonReader.Mark beginning = json.mark();
        try {
            pod = Pod.read(json);
        } catch (MalformedPodException e) {
            podFault = brief(String.valueOf(e.getMessage()), FAULT_LENGTH);
            json.reset(beginning);
            json.skip();
        }
    }

    /** {@code v1 Pod}, or {@code apps/v1 Deployment}. */
    private String groupVersionAnd(String last) throws MalformedJsonException, MalformedReviewException {
        String[] parts = {"", "", ""};
        members(last, name -> {
            switch (name) {
                case "group" -> parts[0] = string(name);
                case "version" -> parts[1] = string(name);
                case "kind", "resource" -> parts[2] = string(name);
                default -> json.skip();
            }
        });
        String version = parts[0].isEmpty() ? parts[1] : parts[0] + "/" + parts[1];
        return version + " " + parts[2];
    }

    private void members(String what, Member member) throws MalformedJsonException, MalformedReviewException {
        require(JsonKind.OBJECT, what);
        json.enter();
        MemberNames names = new MemberNames();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (names.full()) {
                throw new MalformedReviewException(
                        "Expected %s with at most %d members, found more".formatted(what, MemberNames.LIMIT));
            }
            if (!names.add(name)) {
                throw new MalformedReviewException(
                        "Expected each member of %s once, found '%s' twice".formatted(what, brief(name)));
            }
            member.read(name);
        }
    }

    private String string(String what) throws MalformedJsonException, MalformedReviewException {
        require(JsonKind.STRING, what);
        return json.string();
    }

    private void require(JsonKind expected, String what) throws MalformedJsonException, MalformedReviewException {
        JsonKind found = json.kind();
        if (found != expected) {
            throw new MalformedReviewException("Expected %s as %s, found %s".formatted(what, expected, found));
        }
    }

    private void requireEnvelope() throws MalformedReviewException {
        if (!API_VERSION.equals(apiVersion) || !KIND.equals(kind)) {
            throw new MalformedReviewException(
                    "Expected apiVersion %s and kind %s, found '%s' and '%s'; write admissionReviewVersions: [v1]"
                            .formatted(API_VERSION, KIND, brief(apiVersion), brief(kind)));
        }
        if (uid.isEmpty() || uid.length() > UID_LENGTH || Surrogates.hasLone(uid)) {
            throw new MalformedReviewException("Expected request.uid of 1 to %d Unicode characters, found '%s'"
                    .formatted(UID_LENGTH, Surrogates.replaceLone(brief(uid))));
        }
    }

    private Review review() {
        if (!POD.equals(podKind) || !PODS.equals(podResource) || !webhook.answers(operation, subResource)) {
            return unanswerable("This webhook answers %s, and was asked about %s of %s (%s%s). Take that rule"
                            .formatted(
                                    webhook.questions(),
                                    brief(operation),
                                    brief(podResource),
                                    brief(podKind),
                                    subResource.isEmpty() ? "" : ", subresource " + brief(subResource))
                    + " out of its webhook configuration.");
        }
        if (podFault != null) {
            return new Unanswerable(uid, Reason.MALFORMED_POD, "Expected a pod of the API's shape: " + podFault);
        }
        if (pod == null) {
            return unanswerable("Expected the pod in request.object, found none.");
        }
        if (namespace.isEmpty()) {
            return unanswerable("Expected request.namespace, found none.");
        }
        return new OfPod(uid, namespace, pod, !subResource.isEmpty());
    }

    private Review unanswerable(String message) {
        return new Unanswerable(uid, Reason.MALFORMED_REVIEW, message);
    }

    private static String brief(String text) {
        return brief(text, NAME_LENGTH);
    }

    private static String brief(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
