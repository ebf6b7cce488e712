package dev.aquifer.node.link;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Answers as JSON objects and back. */
final class AnswerCodec {
    private AnswerCodec() {}

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
            case LinkAnswer.Volumes volumes -> {
                JsonArray published = new JsonArray();
                volumes.published().forEach(volume -> published.add(VolumeCodec.encode(volume)));
                yield JsonObject.of("state", "volumes", "volumes", published);
            }
        };
    }

    static LinkAnswer parse(JsonObject json) throws LinkException {
        try {
            return switch (json.getString("state", "")) {
                case "ready" -> new LinkAnswer.Ready(Fields.text(json, "directory"), Fields.text(json, "snapshot"));
                case "filling" -> new LinkAnswer.Filling(Fields.text(json, "message"));
                case "refused" ->
                    new LinkAnswer.Refused(
                            RefusalCode.valueOf(Fields.text(json, "code")), Fields.text(json, "message"));
                case "condition" ->
                    new LinkAnswer.Condition(
                            json.getBoolean("damaged", false),
                            Fields.text(json, "message"),
                            Fields.number(json, "files"),
                            Fields.number(json, "bytes"));
                case "noted" -> new LinkAnswer.Noted();
                case "status" -> new LinkAnswer.Status(Fields.object(json, "status"));
                case "mounts" -> new LinkAnswer.Mounted(roots(json));
                case "volumes" -> new LinkAnswer.Volumes(volumes(json));
                default ->
                    throw Fields.unexpected(
                            "state", "ready, filling, refused, noted, condition, status, mounts or volumes");
            };
        } catch (ClassCastException | IllegalArgumentException wrong) {
            throw new LinkException("not an answer of this protocol: " + wrong.getMessage(), wrong);
        }
    }

    private static List<MountedRoot> roots(JsonObject json) throws LinkException {
        JsonArray array = Fields.array(json, "roots");
        List<MountedRoot> roots = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            JsonObject root = array.getJsonObject(i);
            roots.add(new MountedRoot(
                    Math.toIntExact(Fields.number(root, "major")),
                    Math.toIntExact(Fields.number(root, "minor")),
                    Long.parseUnsignedLong(Fields.text(root, "inode"))));
        }
        return roots;
    }

    private static List<PublishedVolume> volumes(JsonObject json) throws LinkException {
        JsonArray array = Fields.array(json, "volumes");
        List<PublishedVolume> volumes = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            volumes.add(VolumeCodec.parse(array.getJsonObject(i)));
        }
        return volumes;
    }
}
