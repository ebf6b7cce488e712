package dev.aquifer.node.link;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests and answers as JSON objects and back. */
final class LinkCodec {
    private LinkCodec() {}

    static JsonObject encode(LinkRequest request) {
        return switch (request) {
            case LinkRequest.Acquire acquire ->
                JsonObject.of(
                        "op",
                        "acquire",
                        "attributes",
                        attributes(acquire.attributes()),
                        "key",
                        acquire.key(),
                        "target",
                        acquire.target(),
                        "timeoutMillis",
                        acquire.timeout().toMillis());
            case LinkRequest.Forget forget -> JsonObject.of("op", "forget", "target", forget.target());
            case LinkRequest.Published published ->
                JsonObject.of(
                        "op",
                        "published",
                        "outcome",
                        published.outcome(),
                        "millis",
                        published.took().toMillis());
            case LinkRequest.Condition condition ->
                JsonObject.of("op", "condition", "directory", condition.directory());
            case LinkRequest.Reach reach -> JsonObject.of("op", "reach", "attributes", attributes(reach.attributes()));
            case LinkRequest.Status _ -> JsonObject.of("op", "status");
            case LinkRequest.Mounts _ -> JsonObject.of("op", "mounts");
        };
    }

    private static JsonObject attributes(VolumeAttributes attributes) {
        return new JsonObject(new HashMap<>(attributes.toMap()));
    }

    static JsonObject encode(LinkAnswer answer) {
        return switch (answer) {
            case LinkAnswer.Ready ready ->
                JsonObject.of("state", "ready", "directory", ready.directory(), "snapshot", ready.snapshot());
            case LinkAnswer.Filling filling -> JsonObject.of("state", "filling", "message", filling.message());
            case LinkAnswer.Refused refused ->
                JsonObject.of("state", "refused", "code", refused.code().name(), "message", refused.message());
            case LinkAnswer.Condition condition ->
                JsonObject.of(
                        "state",
                        "condition",
                        "damaged",
                        condition.damaged(),
                        "message",
                        condition.message(),
                        "files",
                        condition.files(),
                        "bytes",
                        condition.bytes());
            case LinkAnswer.Noted _ -> JsonObject.of("state", "noted");
            case LinkAnswer.Status status -> JsonObject.of("state", "status", "status", status.json());
            case LinkAnswer.Mounted mounted -> {
                JsonArray roots = new JsonArray();
                mounted.roots()
                        .forEach(root -> roots.add(JsonObject.of(
                                "major",
                                root.major(),
                                "minor",
                                root.minor(),
                                "inode",
                                Long.toUnsignedString(root.inode()))));
                yield JsonObject.of("state", "mounts", "roots", roots);
            }
        };
    }

    static LinkRequest request(JsonObject json) throws LinkException {
        try {
            return switch (json.getString("op", "")) {
                case "acquire" ->
                    new LinkRequest.Acquire(
                            VolumeAttributes.parse(strings(object(json, "attributes"))),
                            text(json, "key"),
                            text(json, "target"),
                            Duration.ofMillis(number(json, "timeoutMillis")));
                case "forget" -> new LinkRequest.Forget(text(json, "target"));
                case "published" ->
                    new LinkRequest.Published(text(json, "outcome"), Duration.ofMillis(number(json, "millis")));
                case "condition" -> new LinkRequest.Condition(text(json, "directory"));
                case "reach" -> new LinkRequest.Reach(VolumeAttributes.parse(strings(object(json, "attributes"))));
                case "status" -> new LinkRequest.Status();
                case "mounts" -> new LinkRequest.Mounts();
                default -> throw unexpected("op", "acquire, forget, published, condition, reach, status or mounts");
            };
        } catch (ClassCastException | IllegalArgumentException wrong) {
            throw new LinkException("not a request of this protocol: " + wrong.getMessage(), wrong);
        }
    }

    static LinkAnswer answer(JsonObject json) throws LinkException {
        try {
            return switch (json.getString("state", "")) {
                case "ready" -> new LinkAnswer.Ready(text(json, "directory"), text(json, "snapshot"));
                case "filling" -> new LinkAnswer.Filling(text(json, "message"));
                case "refused" ->
                    new LinkAnswer.Refused(RefusalCode.valueOf(text(json, "code")), text(json, "message"));
                case "condition" ->
                    new LinkAnswer.Condition(
                            json.getBoolean("damaged", false),
                            text(json, "message"),
                            number(json, "files"),
                            number(json, "bytes"));
                case "noted" -> new LinkAnswer.Noted();
                case "status" -> new LinkAnswer.Status(object(json, "status"));
                case "mounts" -> new LinkAnswer.Mounted(roots(json));
                default -> throw unexpected("state", "ready, filling, refused, noted, condition, status or mounts");
            };
        } catch (ClassCastException | IllegalArgumentException wrong) {
            throw new LinkException("not an answer of this protocol: " + wrong.getMessage(), wrong);
        }
    }

    private static Set<MountedRoot> roots(JsonObject json) throws LinkException {
        JsonArray array = there(json.getJsonArray("roots"), "roots", "an array");
        Set<MountedRoot> roots = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject root = array.getJsonObject(i);
            roots.add(new MountedRoot(
                    Math.toIntExact(number(root, "major")),
                    Math.toIntExact(number(root, "minor")),
                    Long.parseUnsignedLong(text(root, "inode"))));
        }
        return roots;
    }

    private static Map<String, String> strings(JsonObject object) {
        Map<String, String> strings = new HashMap<>();
        object.fieldNames().forEach(name -> strings.put(name, object.getString(name, "")));
        return strings;
    }

    private static String text(JsonObject json, String key) throws LinkException {
        return there(json.getString(key), key, "a string");
    }

    private static long number(JsonObject json, String key) throws LinkException {
        return there(json.getLong(key), key, "a number");
    }

    private static JsonObject object(JsonObject json, String key) throws LinkException {
        return there(json.getJsonObject(key), key, "an object");
    }

    private static <T> T there(@Nullable T value, String key, String expected) throws LinkException {
        if (value == null) {
            throw unexpected(key, expected);
        }
        return value;
    }

    private static LinkException unexpected(String key, String expected) {
        return new LinkException(
                "expected '%s' to be %s: the node's two containers are of different versions, or it is not Aquifer that speaks"
                        .formatted(key, expected));
    }
}
