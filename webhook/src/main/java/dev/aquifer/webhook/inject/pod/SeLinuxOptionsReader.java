package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Reads what a pod or a container says of SELinux. */
final class SeLinuxOptionsReader {
    private final JsonCursor json;
    private String level = "";

    private SeLinuxOptionsReader(JsonCursor json) {
        this.json = json;
    }

    /** Its level, empty when it says other things only; null where there is null. */
    static @Nullable String level(JsonCursor json) throws MalformedJsonException, MalformedPodException {
        SeLinuxOptionsReader options = new SeLinuxOptionsReader(json);
        return json.members(options::member) ? options.level : null;
    }

    private void member(String name) throws MalformedJsonException, MalformedPodException {
        if (name.equals("level")) {
            level = json.string();
        } else {
            json.skip();
        }
    }
}
