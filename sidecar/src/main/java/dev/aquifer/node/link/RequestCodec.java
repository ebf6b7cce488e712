package dev.aquifer.node.link;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Requests as JSON objects and back. */
final class RequestCodec {
    private RequestCodec() {}

    static JsonObject encode(LinkRequest request) {
        return switch (request) {
            case LinkRequest.Acquire acquire ->
                JsonObject.of(
                        "op",
                        "acquire",
                        "attributes",
                        VolumeCodec.attributes(acquire.attributes()),
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
            case LinkRequest.Reach reach ->
                JsonObject.of("op", "reach", "attributes", VolumeCodec.attributes(reach.attributes()));
            case LinkRequest.Status _ -> JsonObject.of("op", "status");
            case LinkRequest.Mounts _ -> JsonObject.of("op", "mounts");
            case LinkRequest.Volumes _ -> JsonObject.of("op", "volumes");
        };
    }

    static LinkRequest parse(JsonObject json) throws LinkException {
        try {
            return switch (json.getString("op", "")) {
                case "acquire" ->
                    new LinkRequest.Acquire(
                            VolumeCodec.attributes(json),
                            Fields.text(json, "key"),
                            Fields.text(json, "target"),
                            Duration.ofMillis(Fields.number(json, "timeoutMillis")));
                case "forget" -> new LinkRequest.Forget(Fields.text(json, "target"));
                case "published" ->
                    new LinkRequest.Published(
                            Fields.text(json, "outcome"), Duration.ofMillis(Fields.number(json, "millis")));
                case "condition" -> new LinkRequest.Condition(Fields.text(json, "directory"));
                case "reach" -> new LinkRequest.Reach(VolumeCodec.attributes(json));
                case "status" -> new LinkRequest.Status();
                case "mounts" -> new LinkRequest.Mounts();
                case "volumes" -> new LinkRequest.Volumes();
                default ->
                    throw Fields.unexpected(
                            "op", "acquire, forget, published, condition, reach, status, mounts or volumes");
            };
        } catch (ClassCastException | IllegalArgumentException wrong) {
            throw new LinkException("not a request of this protocol: " + wrong.getMessage(), wrong);
        }
    }
}
