package dev.aquifer.node.link;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Fields of JSON objects that must be there. */
final class Fields {
    private Fields() {}

    static String text(JsonObject json, String key) throws LinkException {
        return there(json.getString(key), key, "a string");
    }

    static long number(JsonObject json, String key) throws LinkException {
        return there(json.getLong(key), key, "a number");
    }

    static JsonArray array(JsonObject json, String key) throws LinkException {
        return there(json.getJsonArray(key), key, "an array");
    }

    static JsonObject object(JsonObject json, String key) throws LinkException {
        return there(json.getJsonObject(key), key, "an object");
    }

    private static <T> T there(@Nullable T value, String key, String expected) throws LinkException {
        if (value == null) {
            throw unexpected(key, expected);
        }
        return value;
    }

    static LinkException unexpected(String key, String expected) {
        return new LinkException(
                "expected '%s' to be %s: the node's two containers are of different versions, or it is not Aquifer that speaks"
                        .formatted(key, expected));
    }
}
