package dev.aquifer.node.status;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** Lists in the agent's answer. */
final class Json {
    private Json() {}

    static List<JsonObject> objects(JsonObject json, String key) {
        JsonArray array = json.getJsonArray(key);
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }

    static List<String> texts(JsonObject json, String key) {
        JsonArray array = json.getJsonArray(key);
        return IntStream.range(0, array.size()).mapToObj(array::getString).toList();
    }
}
