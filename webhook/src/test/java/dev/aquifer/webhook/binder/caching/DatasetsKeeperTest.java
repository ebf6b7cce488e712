package dev.aquifer.webhook.binder.caching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.RevokePolicy.Keep;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DatasetsKeeperTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LIST = "/api/v1/namespaces/aquifer-system/configmaps/aquifer-datasets";
    private static final String KEYS = "/api/v1/namespaces/aquifer-system/secrets/aquifer-prefetch-keys";

    private final Map<String, String> stored = new ConcurrentHashMap<>();
    private final Map<String, Shared> volumes = new HashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private Duration now = Duration.ofHours(1);
    private PretendedApiServer server;
    private FoundDatasets found;
    private DatasetsKeeper keeper;

    @BeforeEach
    void begin() throws IOException {
        server = new PretendedApiServer("/", this::answer);
        lead();
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

            now = now.plusSeconds(10);
            keeper.flush();

            assertThat(listed()).contains("lab/new" + i);
        }
    }

    @Test
    void nobodyWaitsForAVolumeThatIsNotCached() throws IOException {
        looked(cached("lab", "good"));
        add(volume("stranger", "direct").build());

        keeper.flush();

        assertThat(listed()).containsExactly("lab/good");
    }

    @Test
    void aVolumeThatTheNextLeaderCannotLookAtStaysListed() throws IOException {
        looked(cached("lab", "good"));
        looked(cached("lab", "odd"));
        keeper.flush();
        KnownVolume added = cached("lab", "added");

        lead();
        looked(added);
        keeper.flush();
        now = now.plusSeconds(31);
        keeper.flush();

        assertThat(listed()).containsExactlyInAnyOrder("lab/added", "lab/good", "lab/odd");
    }

    @Test
    void aVolumeThatCannotBeReadStaysListedWithItsKey() throws IOException {
        KnownVolume volume = cached("lab", "newer", prefetching("10m"));
        looked(volume);
        stored.put(KEYS, "{\"data\":{\"%s\":\"a2V5\"}}".formatted(id(volume)));
        keeper.flush();
        JsonNode before = entry("lab/newer");

        lead();
        add(volume, null);
        looked(cached("lab", "good"));
        keeper.flush();
        now = now.plusSeconds(31);
        keeper.flush();

        assertThat(listed()).containsExactlyInAnyOrder("lab/good", "lab/newer");
        assertThat(entry("lab/newer")).isEqualTo(before);
        assertThat(stored.get(KEYS)).contains(id(volume));

        volumes.remove(volume.uid());
        now = now.plusSeconds(31);
        keeper.flush();
        assertThat(listed()).as("it is being deleted").containsExactly("lab/good");
    }

    @Test
    void ofOneOwnersManyChangesInARowFewAreWritten() {
        changeEachSecond();

        assertThat(writes).hasValueBetween(3, 8);
    }

    private void changeEachSecond() {
        for (int second = 0; second < 60; second++) {
            looked(cached("lab", "restless", prefetching(second + 1 + "m")));
            keeper.flush();
            now = now.plusSeconds(1);
        }
    }

    @Test
    void aChangeAfterAQuietTimeIsWrittenAtOnce() throws IOException {
        for (int change = 0; change < 9; change++) {
            looked(cached("lab", "new" + change));
            keeper.flush();
            assertThat(listed()).contains("lab/new" + change);
            now = now.plusSeconds(35);
        }
    }

    @Test
    void aQuietTimeEndsThePausesOfManyChanges() throws IOException {
        changeEachSecond();
        now = now.plusSeconds(121);
        for (int change = 0; change < 2; change++) {
            looked(cached("lab", "new" + change));
            keeper.flush();
            assertThat(listed()).contains("lab/new" + change);
            now = now.plusSeconds(1);
        }
    }

    /** A leader's term begins. */
    private void lead() {
        ApiServer api = new ApiServer(server.client());
        Writer writer = new Writer(api, () -> true);
        DatasetKeys keys = new DatasetKeys(api, writer, "aquifer-system");
        found = new FoundDatasets(keys);
        keeper = new DatasetsKeeper(
                new DatasetMaps(api, writer, "aquifer-system"),
                new PrefetchKeys(api, writer, "aquifer-system"),
                keys,
                found,
                true,
                () -> List.copyOf(volumes.values()),
                () -> now.toNanos());
    }

    private static CacheSpec prefetching(String refresh) {
        return new CacheSpec(refresh, true, null, null, null, null, null, null, null);
    }

    private static VolumeBuilder volume(String owner, String name) {
        return new VolumeBuilder(owner, name).role("reader", VolumeBuilder.path("/", Access.ReadOnly));
    }

    private KnownVolume cached(String owner, String name) {
        return cached(owner, name, null);
    }

    private KnownVolume cached(String owner, String name, @Nullable CacheSpec how) {
        KnownVolume volume = volume(owner, name).cached(how).build();
        add(volume);
        return volume;
    }

    private void add(KnownVolume volume) {
        add(volume, volume);
    }

    /** @param readable null where it cannot be read */
    private void add(KnownVolume volume, @Nullable KnownVolume readable) {
        volumes.put(
                volume.uid(),
                new Shared(
                        volume.owner(),
                        volume.name(),
                        volume.uid(),
                        1,
                        false,
                        List.of(),
                        new Keep(),
                        readable,
                        SharedVolumeStatus.NONE));
    }

    private void looked(KnownVolume volume) {
        found.note(
                volume.uid(),
                new Dataset(id(volume), volume.key(), volume.owner(), "aquifer-origin-o", volume.name(), null, false));
    }

    private static String id(KnownVolume volume) {
        return "%032x".formatted(volume.key().hashCode() & 0xffffffffL);
    }

    private List<String> listed() throws IOException {
        return datasets().findValuesAsText("sharedVolume");
    }

    private JsonNode entry(String volume) throws IOException {
        return datasets()
                .valueStream()
                .filter(entry -> entry.path("sharedVolume").asText().equals(volume))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode datasets() throws IOException {
        String map = stored.getOrDefault(LIST, "{}");
        return JSON.readTree(JSON.readTree(map).at("/data/datasets-0.json").asText("{}"))
                .path("datasets");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PATCH")) {
            writes.incrementAndGet();
            stored.put(path, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        }
        String found = stored.get(path);
        PretendedApiServer.answer(exchange, found == null ? 404 : 200, found == null ? "{}" : found);
    }
}
