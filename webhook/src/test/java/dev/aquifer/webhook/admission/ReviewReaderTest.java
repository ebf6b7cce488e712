package dev.aquifer.webhook.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.webhook.admission.Review.OfPod;
import dev.aquifer.webhook.admission.Review.Unanswerable;
import dev.aquifer.webhook.entitlement.Reason;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ReviewReaderTest {
    private final ReviewReader reader = new ReviewReader();

    @Test
    void readsUidNamespaceAndPod() throws MalformedReviewException {
        assertThat(read(Reviews.of(Reviews.podThatAsksFor("ref")))).isInstanceOfSatisfying(OfPod.class, review -> {
            assertThat(review.uid()).isEqualTo(Reviews.UID);
            assertThat(review.namespace()).isEqualTo(Reviews.NAMESPACE);
            assertThat(review.pod().annotations()).containsEntry("aquifer.dev/volumes", "ref");
            assertThat(review.pod().containers()).hasSize(1);
        });
    }

    @Test
    void readsMembersInAnyOrder() throws MalformedReviewException {
        String pod = Reviews.plainPod();
        String late = Reviews.of(pod)
                .replace("\"object\":" + pod + ",", "")
                .replace("\"request\":{", "\"request\":{\"object\":" + pod + ",");
        assertThat(read(late)).isInstanceOf(OfPod.class);
    }

    @Test
    void readsOnlyAsManyBytesAsItIsTold() throws MalformedReviewException {
        String review = Reviews.of(Reviews.plainPod());
        byte[] more = (review + "garbage").getBytes(UTF_8);
        assertThat(reader.read(Webhook.MUTATE, more, review.length())).isInstanceOf(OfPod.class);
    }

    @Test
    void readsTwoHundredContainers() throws MalformedReviewException {
        assertThat(read(Reviews.withContainers(200)))
                .isInstanceOfSatisfying(
                        OfPod.class,
                        review -> assertThat(review.pod().containers()).hasSize(200));
    }

    static List<String> withoutAnAnswer() {
        return Reviews.withoutAnAnswer();
    }

    @ParameterizedTest
    @MethodSource("withoutAnAnswer")
    void refusesWhatHasNoUidToAnswerToOrBreaksTheRulesOfJson(String body) {
        assertThatExceptionOfType(MalformedReviewException.class)
                .isThrownBy(() -> read(body))
                .withMessageStartingWith("Expected");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin =
                Reviews.of(Reviews.plainPod().replace("worker-", "caf\u00e9")).getBytes(ISO_8859_1);
        assertThatExceptionOfType(MalformedReviewException.class)
                .isThrownBy(() -> reader.read(Webhook.MUTATE, latin, latin.length))
                .withMessageContaining("at byte");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "kind":"Pod"},"resource"       | "kind":"Deployment"},"resource" | Deployment
            "resource":"pods"},"requestK   | "resource":"nodes"},"requestK   | nodes
            "group":"","version":"v1","k   | "group":"apps","version":"v1","k | apps/v1
            "operation":"CREATE"           | "operation":"UPDATE"            | UPDATE
            "operation":"CREATE"           | "operation":"CREATE","subResource":"binding" | binding
            "namespace":"climate-ref","op  | "op                             | request.namespace
            "uid"                          | "subResource":"exec","uid"      | exec
            """)
    void deniesWhatItIsNotThereFor(String original, String changed, String named) throws MalformedReviewException {
        String review = Reviews.of(Reviews.plainPod());
        assertThat(review).contains(original);
        assertThat(read(review.replace(original, changed))).isInstanceOfSatisfying(Unanswerable.class, answer -> {
            assertThat(answer.uid()).isEqualTo(Reviews.UID);
            assertThat(answer.reason()).isEqualTo(Reason.MALFORMED_REVIEW);
            assertThat(answer.message()).contains(named);
        });
    }

    @ParameterizedTest
    @CsvSource({"null, found none", "7, ", "'[]', ", "'{}', spec", "'{\"spec\":{\"containers\":{}}}', containers"})
    void deniesWhatIsNoPod(String object, String named) throws MalformedReviewException {
        assertThat(read(Reviews.of(object))).isInstanceOfSatisfying(Unanswerable.class, answer -> {
            assertThat(answer.uid()).isEqualTo(Reviews.UID);
            assertThat(answer.message()).contains(named == null ? "pod" : named);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "spec":          | "spec":{"containers":[]},"spec":
            "metadata":      | "metadata":null,"metadata":
            "name":"main"    | "name":"main","name":"other"
            "app":"worker"   | "app":"worker","app":"worker"
            "annotations":{  | "annotations":{"a":"1","b":"2","\\u0061":"3"
            """)
    void deniesAPodInWhichANameStandsTwice(String original, String changed) throws MalformedReviewException {
        assertThat(Reviews.plainPod()).contains(original);
        assertThat(read(Reviews.of(Reviews.plainPod().replace(original, changed))))
                .isInstanceOfSatisfying(Unanswerable.class, answer -> {
                    assertThat(answer.reason()).isEqualTo(Reason.MALFORMED_POD);
                    assertThat(answer.message()).contains("twice");
                });
    }

    @Test
    void saysInFewWordsWhatIsWrongAtALongName() throws MalformedReviewException {
        String pod = Reviews.plainPod().replace("\"app\":\"worker\"", "\"%s\":7".formatted("n".repeat(100_000)));
        assertThat(read(Reviews.of(pod)))
                .isInstanceOfSatisfying(
                        Unanswerable.class,
                        answer -> assertThat(answer.message()).hasSizeLessThan(1200));
    }

    @Test
    void readsTheRestOfTheReviewBehindAMalformedPod() throws MalformedReviewException {
        String late = Reviews.of("{\"spec\":{\"containers\":{\"a\":[1,{}]},\"x\":{}},\"y\":[]}")
                .replace("\"uid\":\"" + Reviews.UID + "\",", "")
                .replace("\"dryRun\":false", "\"uid\":\"late\"");
        assertThat(read(late)).isInstanceOfSatisfying(Unanswerable.class, answer -> {
            assertThat(answer.uid()).isEqualTo("late");
            assertThat(answer.reason()).isEqualTo(Reason.MALFORMED_POD);
        });
    }

    @Test
    void doesNotReadAnotherKindsObjectAsAPod() throws MalformedReviewException {
        String deployment = Reviews.of("{\"spec\":7}").replace("\"kind\":\"Pod\"", "\"kind\":\"Deployment\"");
        assertThat(read(deployment))
                .isInstanceOfSatisfying(
                        Unanswerable.class,
                        answer -> assertThat(answer.reason()).isEqualTo(Reason.MALFORMED_REVIEW));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"metadata":{"labels":{%s}},"spec":{}}       | "k%d":""              | 10001 | /metadata/labels
            {"metadata":{"annotations":{%s}},"spec":{}}  | "k%d":""              | 10001 | /metadata/annotations
            {"spec":{"nodeSelector":{%s}}}               | "k%d":""              | 10001 | /spec/nodeSelector
            {"metadata":{%s},"spec":{}}                  | "k%d":0               | 10001 | /metadata
            {"spec":{"volumes":[%s]}}                    | {"name":"v%d"}        | 50001 | volumes
            {"spec":{"containers":[%s]}}                 | {"name":"c%d"}        | 50001 | containers
            {"spec":{"containers":[{"volumeMounts":[%s]}]}} | {"name":"v%d"}     | 50000 | mounts
            """)
    void deniesAPodThatWouldFillTheMemory(String pod, String item, int count, String named)
            throws MalformedReviewException {
        assertThat(read(Reviews.of(pod.formatted(many(item, count)))))
                .isInstanceOfSatisfying(Unanswerable.class, answer -> {
                    assertThat(answer.reason()).isEqualTo(Reason.MALFORMED_POD);
                    assertThat(answer.message()).contains("expected at most", named);
                });
        assertThat(read(Reviews.of(pod.formatted(many(item, count - 1))))).isInstanceOf(OfPod.class);
    }

    @Test
    void keepsNoNamesOfWhatItSkipsAndOfWhatItRefuses() throws MalformedReviewException {
        String names = many("\"%07x\":0", 1_000_000);
        for (String pod : List.of(
                "{\"metadata\":{\"labels\":{%s}},\"spec\":{}}", "{\"status\":{%s},\"spec\":{\"containers\":[]}}")) {
            byte[] bytes = Reviews.of(pod.formatted(names)).getBytes(UTF_8);
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            reader.read(Webhook.MUTATE, bytes, bytes.length);
            // a table of the names, which grows by doubling, would take more than twice as much
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(80L << 20);
        }
    }

    @Test
    void refusesAReviewWithTooManyMembers() {
        String review = Reviews.of(Reviews.plainPod()).replace("\"uid\"", many("\"k%d\":0", 10_001) + ",\"uid\"");
        assertThatExceptionOfType(MalformedReviewException.class)
                .isThrownBy(() -> read(review))
                .withMessageContaining("at most 10000 members");
    }

    private static String many(String item, int count) {
        return IntStream.range(0, count).mapToObj(item::formatted).collect(Collectors.joining(","));
    }

    private Review read(String body) throws MalformedReviewException {
        byte[] bytes = body.getBytes(UTF_8);
        return reader.read(Webhook.MUTATE, bytes, bytes.length);
    }
}
