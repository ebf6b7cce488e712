package dev.aquifer.node.linux;

/** How to open ({@code fcntl.h}); or-ed together. Close-on-exec is always set. */
public final class Open {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0100;
    public static final int EXCLUSIVE = 0200;
    public static final int TRUNCATE = 01000;
    public static final int NONBLOCK = 04000;
    public static final int DIRECT = Architecture.CURRENT.pick(040000, 0200000);
    public static final int DIRECTORY = Architecture.CURRENT.pick(0200000, 040000);
    public static final int NOFOLLOW = Architecture.CURRENT.pick(0400000, 0100000);
    /** Leaves the time of the last read as it is; only the file's owner or CAP_FOWNER may. */
    public static final int NO_ATIME = 01000000;
    /** Names the file without opening it: enough for attributes, and for what lies below a directory. */
    public static final int PATH = 010000000;

    static final int CLOEXEC = 02000000;

    private Open() {}
}
