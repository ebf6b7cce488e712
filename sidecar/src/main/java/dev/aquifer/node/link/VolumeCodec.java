package dev.aquifer.node.link;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Volumes as JSON objects and back. */
final class VolumeCodec {
    private VolumeCodec() {}

    static JsonObject encode(PublishedVolume volume) {
        return JsonObject.of("attributes", attributes(volume.attributes()), "key", volume.key());
    }

    static PublishedVolume parse(JsonObject json) throws LinkException {
        return new PublishedVolume(attributes(json), Fields.text(json, "key"));
    }

    static JsonObject attributes(VolumeAttributes attributes) {
        return new JsonObject(new HashMap<>(attributes.toMap()));
    }

    /** Those in the field {@code attributes}. */
    static VolumeAttributes attributes(JsonObject json) throws LinkException {
        JsonObject object = Fields.object(json, "attributes");
        Map<String, String> strings = new HashMap<>();
        object.fieldNames().forEach(name -> strings.put(name, object.getString(name, "")));
        return VolumeAttributes.parse(strings);
    }
}
