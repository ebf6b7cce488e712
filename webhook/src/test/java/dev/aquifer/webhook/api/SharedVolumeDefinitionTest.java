package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedVolumeDefinitionTest {

    @Test
    void theFileInTheChartIsWhatTheRecordsSay(@TempDir Path scratch) throws IOException {
        String expected = SharedVolumeDefinition.yaml(scratch);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(SharedVolumeDefinition.FILE.getParent());
            Files.writeString(SharedVolumeDefinition.FILE, expected);
        }
        assertThat(SharedVolumeDefinition.FILE)
                .as("the definition of SharedVolume; its first lines say how to refresh it")
                .content()
                .isEqualTo(expected);
    }

    /** Else the API server reckons its rules too dear, and a volume may be of any size. */
    @Test
    void everythingInItIsBounded() throws IOException {
        JsonNode volume = new YAMLMapper()
                .readTree(SharedVolumeDefinition.FILE.toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema");
        List<String> unbounded = new ArrayList<>();

        addUnbounded("", volume, unbounded);

        assertThat(volume.at("/properties").fieldNames()).toIterable().containsExactly("spec", "status");
        assertThat(unbounded).isEmpty();
    }

    private static void addUnbounded(String path, JsonNode schema, List<String> unbounded) {
        if (!isBounded(schema)) {
            unbounded.add(path);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            addUnbounded(path + "." + property.getKey(), property.getValue(), unbounded);
        }
        if (schema.has("items")) {
            addUnbounded(path + "[]", schema.path("items"), unbounded);
        }
        if (schema.has("additionalProperties")) {
            addUnbounded(path + "{}", schema.path("additionalProperties"), unbounded);
        }
    }

    private static boolean isBounded(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> schema.has("maxLength") || schema.has("enum");
            case "array" -> schema.has("maxItems");
            case "object" -> schema.has("properties") || schema.has("maxProperties");
            case "boolean", "integer" -> true;
            default -> false;
        };
    }
}
