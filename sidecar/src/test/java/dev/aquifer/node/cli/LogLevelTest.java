package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LogLevelTest {
    private static final Path SCHEMA = Path.of("..", "manifests", "chart", "values.schema.json");

    @Test
    void theChartOffersTheLevelsThatThereAre() throws IOException {
        var level = properties(new JsonObject(Files.readString(SCHEMA)), "cache", "log")
                .getJsonObject("level");

        assertThat(level.getJsonArray("enum"))
                .containsExactlyElementsOf(Stream.of(LogLevel.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .map(Object.class::cast)
                        .toList());
    }

    private static JsonObject properties(JsonObject schema, String... path) {
        var at = schema.getJsonObject("properties");
        for (var name : path) {
            at = at.getJsonObject(name).getJsonObject("properties");
        }
        return at;
    }
}
