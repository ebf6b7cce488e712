package dev.aquifer.webhook.paths;

import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paths that no directory can have, since file systems take names of 255 bytes at most. The definition bounds paths by their
 * letters, and a rule that counts the bytes of each name would cost the API server more than it allows.
 */
public final class LongNames {
    private static final int LONGEST = 255;
    private static final Pattern SLASH = Pattern.compile("/");

    private LongNames() {}

    /** Whether a name in the path is too long. */
    public static boolean areIn(String path) {
        return SLASH.splitAsStream(path).anyMatch(name -> bytes(name) > LONGEST);
    }

    /** What is wrong with the first such path of any role, and what to do; null where there is none. */
    public static @Nullable String find(SharedVolumeSpec spec) {
        for (Role role : spec.roles()) {
            for (PathRule rule : role.paths()) {
                if (areIn(rule.path())) {
                    return "role \"%s\" names \"%s\", in which a name has more than %d bytes, so that no directory can have it and no pod gets the role: use a shorter one"
                            .formatted(role.name(), rule.path(), LONGEST);
                }
            }
        }
        return null;
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}
