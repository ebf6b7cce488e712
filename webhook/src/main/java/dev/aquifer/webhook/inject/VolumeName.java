package dev.aquifer.webhook.inject;

import java.util.Locale;
import java.util.Set;

/**
 * Names for the volumes that injection adds to a pod: DNS labels (RFC 1123) of at most 63 characters, readable, with a
 * hash over what they stand for, and the same every time.
 */
final class VolumeName {
    private static final String PREFIX = "aquifer-";
    private static final int READABLE = 40;

    private VolumeName() {}

    /** @param identity what the volume stands for, whole; {@code readable} may say it shorter */
    static String of(String readable, String identity) {
        StringBuilder name = new StringBuilder(PREFIX);
        for (int i = 0; i < readable.length() && name.length() < PREFIX.length() + READABLE; i++) {
            char c = readable.charAt(i);
            name.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
        }
        return name.append('-').append(hash(identity)).toString();
    }

    /** The name itself, or the first numbered variant of it that is not taken. */
    static String untaken(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }

    // String.hashCode is fixed by the Java Language API; two names that collide get a number each
    private static String hash(String identity) {
        return Integer.toUnsignedString(identity.hashCode(), Character.MAX_RADIX)
                .toLowerCase(Locale.ROOT);
    }
}
