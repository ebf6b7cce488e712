package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.names.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A text that two JSON values share when an API server would take them for the same: members in order of their names,
 * and none that is empty, false or null, since the server leaves those out.
 */
public final class CanonicalJson {
    private static final int HASH_BYTES = 16;

    private CanonicalJson() {}

    /** A digest of the canonical text, short enough for an annotation. */
    public static String hash(JsonNode value) {
        return HexFormat.of().formatHex(Sha256.of(text(value).getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    }

    static String text(JsonNode value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(JsonNode value, StringBuilder text) {
        if (value.isObject()) {
            Map<String, JsonNode> members = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (!isNothing(member.getValue())) {
                    members.put(member.getKey(), member.getValue());
                }
            }
            text.append('{');
            members.forEach((name, member) -> {
                text.append('"').append(name).append("\":");
                write(member, text);
                text.append(',');
            });
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            for (JsonNode element : value) {
                write(element, text);
                text.append(',');
            }
            text.append(']');
        } else {
            text.append(value);
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isBoolean() && !value.booleanValue());
    }
}
