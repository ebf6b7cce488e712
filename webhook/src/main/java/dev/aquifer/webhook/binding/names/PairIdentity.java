package dev.aquifer.webhook.binding.names;

import java.util.Locale;

/**
 * Which pair it is: of this volume, for this namespace, in this mode. Two identities never share a name, whatever their
 * parts look like side by side.
 *
 * @param owner the namespace of the SharedVolume
 * @param volumeUid of the SharedVolume: another one of the same name is another volume
 * @param tenant the namespace in which pods use the pair
 */
public record PairIdentity(String owner, String volume, String volumeUid, String tenant, PairMode mode) {
    /** A label's length (RFC 1123), since names of claims stand in labels. */
    private static final int LENGTH = 63;

    private static final int HASH_BYTES = 10;
    private static final int HASH_LENGTH = 16;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    /** The key under which the status keeps a revision of this pair's own. */
    public String revisionKey() {
        return tenant + "/" + mode.text();
    }

    /** The name of both the volume and the claim: a DNS label. */
    public String name(int revision) {
        String prefix = PairName.prefix(mode);
        String hash = hash(revision);
        return prefix + readable(LENGTH - prefix.length() - hash.length() - 1) + "-" + hash;
    }

    private String readable(int length) {
        String text = (owner + "-" + volume).replace('.', '-').toLowerCase(Locale.ROOT);
        int end = Math.min(length, text.length());
        while (end > 1 && text.charAt(end - 1) == '-') {
            end--;
        }
        return text.substring(0, end);
    }

    private String hash(int revision) {
        return base32(Sha256.ofParts(owner, volume, volumeUid, tenant, mode.text(), Integer.toString(revision)));
    }

    /** Five bits to a character, of the first {@link #HASH_BYTES} bytes. */
    private static String base32(byte[] digest) {
        StringBuilder text = new StringBuilder(HASH_LENGTH);
        int bits = 0;
        int held = 0;
        for (int i = 0; i < HASH_BYTES; i++) {
            bits = (bits << 8) | (digest[i] & 0xff);
            for (held += 8; held >= 5; held -= 5) {
                text.append(BASE32.charAt((bits >> (held - 5)) & 31));
            }
        }
        return text.toString();
    }
}
