package dev.aquifer.node.linux;

/** What a name is. */
public enum FileType {
    FIFO(1),
    CHARACTER_DEVICE(2),
    DIRECTORY(4),
    BLOCK_DEVICE(6),
    REGULAR(8),
    SYMLINK(10),
    SOCKET(12),
    /** The file system does not say in a listing: ask for the attributes. */
    UNKNOWN(0);

    private static final FileType[] VALUES = values();

    private final int code;

    FileType(int code) {
        this.code = code;
    }

    /** Of {@code d_type} in a listing, which is also the upper four bits of a mode. */
    static FileType of(int code) {
        for (FileType type : VALUES) {
            if (type.code == code) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
