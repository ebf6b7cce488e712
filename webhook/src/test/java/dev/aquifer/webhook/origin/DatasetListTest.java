package dev.aquifer.webhook.origin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DatasetListTest {
    private static final Path CONTRACT = Path.of("..", "sidecar", "src", "test", "resources", "contract");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void saysToNodeAgentsWhatTheyRead() throws IOException {
        List<String> files = DatasetList.files(
                List.of(
                        entry("ref", "1f1e2d3c4b5a69788796a5b4c3d2e1f0", null),
                        entry(
                                "genomes",
                                "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                                new CacheSpec(
                                        "1h30m",
                                        true,
                                        Map.of("example.org/pool", "gpu"),
                                        "200Gi",
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))),
                4);

        assertThat(files).hasSize(1);
        assertThat(JSON.readTree(files.getFirst()))
                .isEqualTo(JSON.readTree(CONTRACT.resolve("datasets.json").toFile()));
    }

    @Test
    void saysTheMostThatCanBeCountedWhereAVolumeMayTakeMore() {
        for (String limit : List.of("8Ei", "10E", "99999999999Ei")) {
            assertThat(entry("ref", "1".repeat(32), limited(limit))
                            .path("maxBytes")
                            .asText())
                    .isEqualTo("9223372036854775807");
        }
    }

    private static CacheSpec limited(String most) {
        return new CacheSpec(null, null, null, most, null, null, null, null, null);
    }

    @Test
    void isOneEmptyFileWhenThereIsNone() {
        assertThat(DatasetList.files(List.of(), 4)).containsExactly("{\"files\":1,\"datasets\":[]}");
    }

    @Test
    void isCutIntoFilesThatEachFitIntoAConfigMap() throws IOException {
        List<JsonNode> entries = IntStream.range(0, 5000)
                .<JsonNode>mapToObj(i -> JsonNodeFactory.instance
                        .objectNode()
                        .put("id", "%032x".formatted(i))
                        .put("sharedVolume", "ö".repeat(150)))
                .toList();

        List<String> files = DatasetList.files(entries, 4);

        int datasets = 0;
        for (String file : files) {
            assertThat(file.getBytes(StandardCharsets.UTF_8).length).isLessThan(1 << 20);
            datasets += JSON.readTree(file).path("datasets").size();
        }
        assertThat(files).hasSize(2);
        assertThat(JSON.readTree(files.getFirst()).path("files").asInt()).isEqualTo(2);
        assertThat(datasets).isEqualTo(5000);
    }

    @Test
    void theLargeVolumesOfOneOwnerPushOutNoOtherOwners() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            entries.add(sized(i, "greedy/large" + i, 120_000));
        }
        for (int i = 60; i < 80; i++) {
            entries.add(sized(i, "modest%d/a".formatted(i), 400));
            entries.add(sized(i + 100, "modest%d/b".formatted(i), 30_000));
        }
        entries.add(sized(99, "greedy/small", 400));

        List<String> files = DatasetList.files(entries, 4);

        assertThat(JSON.readTree(files.getFirst()).path("files").asInt())
                .isEqualTo(files.size())
                .isGreaterThan(4);
        List<String> read = new ArrayList<>();
        for (String file : files.subList(0, 4)) {
            assertThat(file.length()).isLessThan(1 << 20);
            JSON.readTree(file)
                    .path("datasets")
                    .forEach(entry -> read.add(entry.path("sharedVolume").asText()));
        }
        assertThat(read).doesNotHaveDuplicates().contains("greedy/small").hasSizeGreaterThan(60);
        assertThat(read.stream().filter(volume -> volume.startsWith("modest"))).hasSize(40);
    }

    @Test
    void namesNoDirectoryThatNodesWouldRefuse() {
        KnownVolume cached = new VolumeBuilder("climate-data", "ref")
                .cached()
                .role(
                        "reader",
                        VolumeBuilder.path("/", Access.ReadOnly),
                        VolumeBuilder.path("a/" + "ö".repeat(128), Access.Hidden),
                        VolumeBuilder.path("b", Access.Hidden))
                .role("writer", VolumeBuilder.path("c".repeat(256), Access.ReadWrite))
                .build();

        assertThat(DatasetEntry.mountPoints(cached)).containsExactly("b");
    }

    private static JsonNode sized(int id, String volume, int bytes) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "%032x".formatted(id))
                .put("sharedVolume", volume)
                .put("origin", "o".repeat(bytes));
    }

    private static JsonNode entry(String name, String id, @Nullable CacheSpec cache) {
        KnownVolume cached = new VolumeBuilder("climate-data", name)
                .cached(cache)
                .role(
                        "reader",
                        VolumeBuilder.path("/", Access.ReadOnly),
                        VolumeBuilder.path("scratch", Access.Scratch),
                        VolumeBuilder.path("a/b", Access.Hidden))
                .role("writer", VolumeBuilder.path("results", Access.ReadWrite))
                .build();
        String origin = "aquifer-origin-" + name;
        return DatasetList.entry(DatasetEntry.of(
                cached, new Dataset(id, "climate-data/" + name, "climate-data", origin, "data", null, false)));
    }
}
