package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ProgramRightsCheckTest {
    private static final String BINDER = InstalledBinder.MANIFEST + """
            spec: {template: {spec: {serviceAccountName: aquifer-binder}}}
            """;

    @Test
    void saysHowManyRightsItHasAskedFor() throws IOException {
        assertThat(found(right -> true)).satisfies(well -> {
            assertThat(well.severity()).isEqualTo(Severity.OK);
            assertThat(well.message()).matches("it has all [4-9][0-9] rights that the chart gives it");
        });
    }

    @Test
    void namesTheRightThatIsMissing() throws IOException {
        assertThat(found(right -> !right.path("subresource").asText().equals("eviction")))
                .satisfies(missing -> {
                    assertThat(missing.severity()).isEqualTo(Severity.ERROR);
                    assertThat(missing.message()).endsWith("found that it may not create pods/eviction");
                });
        assertThat(found(right -> !right.path("verb").asText().equals("patch")
                                || !right.path("resource").asText().equals("leases"))
                        .message())
                .endsWith("found that it may not patch leases.coordination.k8s.io aquifer-binder");
    }

    @Test
    void namesSomeOfManyRights() throws IOException {
        assertThat(found(right -> false).message()).containsPattern("create leases.*, .* and [0-9]+ more$");
    }

    private static Finding found(Predicate<JsonNode> allowed) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        try (PretendedApiServer server = new PretendedApiServer("/", exchange -> {
            JsonNode attributes = json.readTree(exchange.getRequestBody()).at("/spec/resourceAttributes");
            PretendedApiServer.answer(
                    exchange, 201, "{\"status\": {\"allowed\": %b}}".formatted(allowed.test(attributes)));
        })) {
            List<Finding> found = new ProgramRightsCheck(Manifest.of(BINDER), new ApiServer(server.client())).run();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
