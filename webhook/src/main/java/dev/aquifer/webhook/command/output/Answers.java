package dev.aquifer.webhook.command.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.command.manifest.KubernetesYaml;

/** Writes answers for programs: records and trees, as JSON in ASCII or as YAML. What is null or empty is left out. */
public final class Answers {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            // of what others wrote, C1 controls would move the cursor of a terminal
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Answers() {}

    /** The answer's text, with a newline at its end. */
    public static String text(Object answer, Format format) {
        JsonNode tree = answer instanceof JsonNode node ? node : JSON.valueToTree(answer);
        return switch (format) {
            case JSON -> pretty(tree) + "\n";
            case YAML, TABLE, WIDE -> KubernetesYaml.write(tree);
        };
    }

    private static String pretty(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
