package dev.aquifer.webhook.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.webhook.testing.PretendedApiServer;
import dev.aquifer.webhook.testing.PretendedList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private final List<String> taken = new ArrayList<>();
    private PretendedList objects = objects(500, at -> "");

    @Test
    void takesAllObjectsHoweverLongTheyAreAndNoLongPage() throws IOException {
        objects = objects(500, at -> "x".repeat(250 * KIB));
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
        // what is on its way in the buffers of both ends was sent too
        assertThat(objects.sent()).allSatisfy(bytes -> assertThat(bytes).isLessThan(3 * PageSize.LONG));
        assertThat(objects.limits()).startsWith(100, 50, 25, 12);
    }

    @Test
    void takesAsManyObjectsAtOnceAsBeforeWhereTheyAreShort() throws IOException {
        objects = objects(1700, at -> "");
        list();
        assertThat(taken).containsExactlyElementsOf(names(1700));
        assertThat(objects.limits()).containsExactly(100, 200, 400, 500, 500);
    }

    @Test
    void takesMoreAtOnceAgainAfterALongObject() throws IOException {
        objects = objects(500, at -> at == 3 ? "x".repeat(9 * MIB) : "");
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
        assertThat(objects.limits())
                .startsWith(100, 50, 25, 12, 6, 3)
                .contains(1)
                .endsWith(128, 256);
    }

    @Test
    void givesUpOnAnObjectThatIsLongerThanAnyCanBe() {
        objects = objects(500, at -> "x".repeat(17 * MIB));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(this::list)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ApiException.TOO_LONG));
        assertThat(objects.limits()).containsExactly(100, 50, 25, 12, 6, 3, 1);
    }

    @Test
    void goesOnFromTheSameObjectWhereTheServerHasForgottenTheBeginning() throws IOException {
        objects.forget(2, "100");
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
    }

    @Test
    void givesUpWhereTheServerForgetsAgainAndAgain() {
        objects.forget(100, "100");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(this::list)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(410));
        assertThat(objects.limits()).hasSize(5);
    }

    @Test
    void takesNoListForEndedThatIsCutShort() throws IOException {
        try (var server = new PretendedApiServer(
                "/api/v1/pods", exchange -> PretendedApiServer.answer(exchange, 200, "{\"items\": [{}, {"))) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> ApiServer.impatient(server.client()).list("/api/v1/pods", pod -> {}));
        }
    }

    private void list() throws IOException {
        try (var server = new PretendedApiServer("/api/v1/pods", objects)) {
            new ApiServer(server.client())
                    .list(
                            "/api/v1/pods",
                            pod -> taken.add(pod.at("/metadata/name").asText()));
        }
    }

    private List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(at -> "pod-" + at).toList();
    }

    private static PretendedList objects(int count, IntFunction<String> text) {
        return new PretendedList(
                "PodList",
                count,
                at -> "{\"metadata\":{\"name\":\"pod-%d\"},\"text\":\"%s\"}".formatted(at, text.apply(at)));
    }
}
