package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.doctor.ProgramRightsCheck;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.Completed;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor asks of the programs' rights is what the chart gives them. */
class ProgramRightsIT {
    @RegisterExtension
    static final Release release = new Release();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache.enabled=false",
                "cache.enabled=true",
                "admission.certificates.certManager.enabled=true",
                "admission.certificates.existingSecret=ours"
            })
    void asksForAllRightsThatTheChartGives(String value) throws IOException {
        Completed rendered = release.template("--set", value);
        List<JsonNode> asked = asked(rendered.succeeded());

        for (String account : List.of(Release.NAME, "aquifer-binder")) {
            assertThat(lines(asked, account)).isEqualTo(Rights.of(account, release.objects(rendered)));
        }
    }

    /** The reviews, as they come to the API server. */
    private static List<JsonNode> asked(String rendered) throws IOException {
        ConcurrentLinkedQueue<JsonNode> asked = new ConcurrentLinkedQueue<>();
        JsonMapper json = JsonMapper.builder().build();
        try (PretendedApiServer server = new PretendedApiServer("/", exchange -> {
            asked.add(json.readTree(exchange.getRequestBody()).path("spec"));
            PretendedApiServer.answer(exchange, 201, "{\"status\": {\"allowed\": true}}");
        })) {
            new ProgramRightsCheck(Manifest.of(rendered), new ApiServer(server.client())).run();
        }
        return List.copyOf(asked);
    }

    /** As {@link Rights} has them. */
    private static List<String> lines(List<JsonNode> asked, String account) {
        SortedMap<String, SortedSet<String>> verbs = new TreeMap<>();
        Predicate<JsonNode> its = review -> review.path("user").asText().endsWith(":" + account);
        asked.stream()
                .filter(its)
                .map(review -> review.path("resourceAttributes"))
                .forEach(right -> {
                    String namespace = right.path("namespace").asText();
                    String group = right.path("group").asText();
                    String what = "%s %s/%s%s%s"
                            .formatted(
                                    namespace.isEmpty() ? "cluster" : "namespace " + namespace,
                                    group.isEmpty() ? "core" : group,
                                    right.path("resource").asText(),
                                    behind(right.path("subresource").asText()),
                                    behind(right.path("name").asText()));
                    verbs.computeIfAbsent(what, none -> new TreeSet<>())
                            .add(right.path("verb").asText());
                });
        return verbs.entrySet().stream()
                .map(right -> right.getKey() + " " + right.getValue())
                .toList();
    }

    private static String behind(String part) {
        return part.isEmpty() ? "" : "/" + part;
    }
}
