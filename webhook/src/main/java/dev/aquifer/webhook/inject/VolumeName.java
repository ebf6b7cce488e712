package dev.aquifer.webhook.inject;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names for the volumes that injection adds to a pod: DNS labels (RFC 1123) of at most 63 characters, readable, with a
 * hash over what they stand for, and the same every time.
 */
public final class VolumeName {
    private static final String PREFIX = "aquifer-";
    private static final int READABLE = 36;
    private static final Pattern VARIANT = Pattern.compile("|-[0-9]+");

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

    /** The name of the entry of a claim, whose own name may begin as all of these do. */
    static String ofClaim(String claimName) {
        return of(claimName.startsWith(PREFIX) ? claimName.substring(PREFIX.length()) : claimName, claimName);
    }

    /** Whether an entry of this claim has a name that injection gives, and not one of its author's. */
    static boolean isOfClaim(String name, String claimName) {
        String first = ofClaim(claimName);
        return name.startsWith(first)
                && VARIANT.matcher(name.substring(first.length())).matches();
    }

    /** Whether a volume's name begins as those do that injection gives; an author may have chosen it too. */
    public static boolean isOurs(String name) {
        return name.startsWith(PREFIX);
    }

    /** The name itself, or the first numbered variant of it that is not taken. */
    static String untaken(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 2; taken.contains(candidate); i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }

    /** FNV-1a over the characters, 63 bits of it: 13 digits at most. */
    private static String hash(String identity) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < identity.length(); i++) {
            hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
        }
        return Long.toString(hash >>> 1, Character.MAX_RADIX);
    }
}
