package dev.aquifer.webhook.binding.names;

/**
 * The names that only the binder gives. Match conditions and policies of the API server see nothing of a claim but its
 * name, so the prefix alone says whose it is.
 */
public final class PairName {
    private static final String READ_ONLY = "aquifer-ro-";
    private static final String READ_WRITE = "aquifer-rw-";

    /** Of the hash at the end of each name. */
    private static final int HASH_LENGTH = 16;

    private PairName() {}

    static String prefix(PairMode mode) {
        return switch (mode) {
            case READ_ONLY, CACHED -> READ_ONLY;
            case READ_WRITE -> READ_WRITE;
        };
    }

    /** Whether only the binder may give a claim this name. */
    public static boolean isReserved(String claimName) {
        return claimName.startsWith(READ_ONLY) || claimName.startsWith(READ_WRITE);
    }

    /** What tells the names of all pairs apart, in 16 characters. */
    public static String hash(String pairName) {
        return pairName.substring(Math.max(0, pairName.length() - HASH_LENGTH));
    }
}
