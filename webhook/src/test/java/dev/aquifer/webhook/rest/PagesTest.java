package dev.aquifer.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final Pattern LIMIT = Pattern.compile("limit=([0-9]+)");
    private static final Pattern CONTINUE = Pattern.compile("continue=([0-9]+)");

    private final List<Integer> limits = new ArrayList<>();
    private final List<Integer> sent = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private int objects = 500;
    private IntFunction<String> text = at -> "";
    private int gone;
    private String goesOnAt = "";

    @Test
    void takesAllObjectsHoweverLongTheyAreAndNoLongPage() throws IOException {
        text = at -> "x".repeat(250 * KIB);
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
        // what is on its way in the buffers of both ends was sent too
        assertThat(sent).allSatisfy(bytes -> assertThat(bytes).isLessThan(3 * PageSize.LONG));
        assertThat(limits).startsWith(100, 50, 25, 12);
    }

    @Test
    void takesAsManyObjectsAtOnceAsBeforeWhereTheyAreShort() throws IOException {
        objects = 1700;
        list();
        assertThat(taken).containsExactlyElementsOf(names(1700));
        assertThat(limits).containsExactly(100, 200, 400, 500, 500);
    }

    @Test
    void takesMoreAtOnceAgainAfterALongObject() throws IOException {
        text = at -> at == 3 ? "x".repeat(9 * MIB) : "";
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
        assertThat(limits).startsWith(100, 50, 25, 12, 6, 3).contains(1).endsWith(128, 256);
    }

    @Test
    void givesUpOnAnObjectThatIsLongerThanAnyCanBe() {
        text = at -> "x".repeat(17 * MIB);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(this::list)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ApiException.TOO_LONG));
        assertThat(limits).containsExactly(100, 50, 25, 12, 6, 3, 1);
    }

    @Test
    void goesOnFromTheSameObjectWhereTheServerHasForgottenTheBeginning() throws IOException {
        gone = 2;
        goesOnAt = "100";
        list();
        assertThat(taken).containsExactlyElementsOf(names(500));
    }

    @Test
    void givesUpWhereTheServerForgetsAgainAndAgain() {
        gone = 100;
        goesOnAt = "100";
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(this::list)
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(410));
        assertThat(limits).hasSize(5);
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
        try (var server = new PretendedApiServer("/api/v1/pods", this::answer)) {
            new ApiServer(server.client())
                    .list(
                            "/api/v1/pods",
                            pod -> taken.add(pod.at("/metadata/name").asText()));
        }
    }

    private List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(at -> "pod-" + at).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int limit = number(LIMIT, query);
        int from = number(CONTINUE, query);
        limits.add(limit);
        if (from > 0 && gone-- > 0) {
            PretendedApiServer.answer(
                    exchange, 410, "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"%s\"}}".formatted(goesOnAt));
            return;
        }
        int end = Math.min(objects, from + limit);
        exchange.sendResponseHeaders(200, 0);
        int bytes = 0;
        try (OutputStream body = exchange.getResponseBody()) {
            bytes += write(
                    body,
                    "{\"metadata\":{%s},\"items\":[".formatted(end == objects ? "" : "\"continue\":\"" + end + "\""));
            for (int at = from; at < end; at++) {
                bytes += write(
                        body,
                        "%s{\"metadata\":{\"name\":\"pod-%d\"},\"text\":\"%s\"}"
                                .formatted(at == from ? "" : ",", at, text.apply(at)));
            }
            bytes += write(body, "]}");
        } catch (IOException _) {
            // the other end has enough
        } finally {
            sent.add(bytes);
        }
    }

    private static int write(OutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        body.write(bytes);
        return bytes.length;
    }

    private static int number(Pattern pattern, String query) {
        Matcher matcher = pattern.matcher(query);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
