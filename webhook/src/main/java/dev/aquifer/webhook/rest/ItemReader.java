package dev.aquifer.webhook.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Hands out the items of a list one by one, and returns what else the list says: as a tree, an object of many small fields
 * is some twenty times as long as its text, so no more than one of them is there at a time.
 */
final class ItemReader implements Exchange.Reader {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Consumer<JsonNode> item;

    ItemReader(Consumer<JsonNode> item) {
        this.item = item;
    }

    @Override
    public JsonNode read(byte[] body) throws IOException {
        ObjectNode rest = JSON.createObjectNode();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return MissingNode.getInstance();
            }
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.START_ARRAY && field.equals("items")) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        item.accept(JSON.readTree(parser));
                    }
                } else {
                    rest.set(field, JSON.<JsonNode>readTree(parser));
                }
            }
        }
        return rest;
    }
}
