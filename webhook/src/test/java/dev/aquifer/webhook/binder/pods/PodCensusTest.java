package dev.aquifer.webhook.binder.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodCensusTest {
    private static final String PODS = """
            {"items": [
              {"metadata": {"annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"},\\"o/other\\":{\\"skipped\\":\\"not-bound\\"}}"}}},
              {"metadata": {"annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"},\\"o/had\\":{\\"role\\":\\"reader\\",\\"revision\\":1}}"}}},
              {"metadata": {"deletionTimestamp": "2026-01-01T00:00:00Z", "annotations": {"aquifer.dev/injected":
                "{\\"o/ref\\":{\\"skipped\\":\\"paths-not-ready\\"}}"}}},
              {"metadata": {"annotations": {"aquifer.dev/injected": "{\\"o/ref\\":"}}},
              {"metadata": {}}
            ]}""";

    @Test
    void countsPodsThatAreWithoutAVolumeForItsDirectories() throws IOException {
        try (var server =
                new PretendedApiServer("/api/v1/pods", exchange -> PretendedApiServer.answer(exchange, 200, PODS))) {
            assertThat(new PodCensus(new ApiServer(server.client()), Served.ALL).take(Set.of("o/ref", "o/had")))
                    .containsExactly(entry("o/ref", 2));
        }
    }

    @Test
    void countsNoVolumesThatATenantMadeUp() throws IOException {
        try (var server =
                new PretendedApiServer("/api/v1/pods", exchange -> PretendedApiServer.answer(exchange, 200, PODS))) {
            assertThat(new PodCensus(new ApiServer(server.client()), Served.ALL).take(Set.of("o/true")))
                    .isEmpty();
        }
    }
}
