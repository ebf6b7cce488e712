package dev.aquifer.webhook.binding;

/**
 * The names that only the binder gives. Match conditions and policies of the API server see nothing of a claim but its
 * name, so the prefix alone says whose it is.
 */
public final class PairName {
    private static final String READ_ONLY = "aquifer-ro-";
    private static final String READ_WRITE = "aquifer-rw-";

    /** A dash and the hash at the end of each name. */
    private static final int SUFFIX_LENGTH = 17;

    private PairName() {}

    static String prefix(PairMode mode) {
        return switch (mode) {
            case READ_ONLY -> READ_ONLY;
            case READ_WRITE -> READ_WRITE;
        };
    }

    /** Whether only the binder may give a claim this name. */
    public static boolean isReserved(String claimName) {
        return claimName.startsWith(READ_ONLY) || claimName.startsWith(READ_WRITE);
    }

    /** What tells the volume handles of pairs apart: short, since handles are to have 128 characters at most. */
    static String suffix(String pairName) {
        return pairName.length() <= SUFFIX_LENGTH ? pairName : pairName.substring(pairName.length() - SUFFIX_LENGTH);
    }
}
