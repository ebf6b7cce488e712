package dev.aquifer.webhook.binder.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DatasetsKeeperTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final List<KnownVolume> volumes = new ArrayList<>();
    private Duration now = Duration.ofHours(1);
    private PretendedApiServer server;
    private DatasetsKeeper keeper;

    @BeforeEach
    void begin() throws IOException {
        server = new PretendedApiServer("/", this::answer);
        keeper = keeper();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void aVolumeThatCannotBeLookedAtKeepsNobodyElsesFromBeingListed() throws IOException {
        looked(cached("lab", "good"));
        cached("stranger", "never-looked-at");

        keeper.flush();
        assertThat(stored).as("at first it is waited for").isEmpty();

        now = now.plusSeconds(31);
        keeper.flush();
        assertThat(listed()).containsExactly("lab/good");
    }

    @Test
    void volumesThatAreMadeInALoopKeepNobodysFromBeingListed() throws IOException {
        looked(cached("lab", "good"));
        keeper.flush();
        now = now.plusSeconds(31);
        for (int i = 0; i < 3; i++) {
            cached("stranger", "volume" + i);
            looked(cached("lab", "new" + i));

            keeper.flush();

            assertThat(listed()).contains("lab/new" + i);
        }
    }

    @Test
    void nobodyWaitsForAVolumeThatIsNotCached() throws IOException {
        looked(cached("lab", "good"));
        volumes.add(volume("stranger", "direct").build());

        keeper.flush();

        assertThat(listed()).containsExactly("lab/good");
    }

    @Test
    void aVolumeThatTheNextLeaderCannotLookAtStaysListed() throws IOException {
        looked(cached("lab", "good"));
        looked(cached("lab", "odd"));
        keeper.flush();
        KnownVolume added = cached("lab", "added");

        keeper = keeper();
        looked(added);
        keeper.flush();
        now = now.plusSeconds(31);
        keeper.flush();

        assertThat(listed()).containsExactlyInAnyOrder("lab/added", "lab/good", "lab/odd");
    }

    private DatasetsKeeper keeper() {
        ApiServer api = new ApiServer(server.client());
        Writer writer = new Writer(api, () -> true);
        return new DatasetsKeeper(
                new DatasetMaps(api, writer, "aquifer-system"),
                new PrefetchKeys(api, writer, "aquifer-system"),
                new DatasetKeys(api, writer, "aquifer-system"),
                true,
                () -> List.copyOf(volumes),
                () -> now.toNanos());
    }

    private static VolumeBuilder volume(String owner, String name) {
        return new VolumeBuilder(owner, name).role("reader", VolumeBuilder.path("/", Access.ReadOnly));
    }

    private KnownVolume cached(String owner, String name) {
        KnownVolume volume = volume(owner, name).cached().build();
        volumes.add(volume);
        return volume;
    }

    private void looked(KnownVolume volume) {
        String id = "%032x".formatted(volume.key().hashCode() & 0xffffffffL);
        keeper.note(
                volume.uid(),
                new Dataset(id, volume.key(), volume.owner(), "aquifer-origin-o", volume.name(), null, false));
    }

    private List<String> listed() throws IOException {
        String map = stored.getOrDefault("/api/v1/namespaces/aquifer-system/configmaps/aquifer-datasets", "{}");
        JsonNode file =
                JSON.readTree(JSON.readTree(map).at("/data/datasets-0.json").asText("{}"));
        return file.path("datasets").findValuesAsText("sharedVolume");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PATCH")) {
            stored.put(path, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        }
        String found = stored.get(path);
        PretendedApiServer.answer(exchange, found == null ? 404 : 200, found == null ? "{}" : found);
    }
}
