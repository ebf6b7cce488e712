package dev.aquifer.node.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** A file system that stops as if the machine had lost its power (FS_IOC_SHUTDOWN of linux/fs.h; ext4, XFS). */
public enum PowerCut {
    /** After the journal was written: all names that there were, and none of the bytes that were not synced. */
    WITH_THE_JOURNAL(1),
    /** All is lost that was not synced. */
    WITHOUT_THE_JOURNAL(2);

    private static final long SHUTDOWN = 0x8004587dL;

    private final int flag;

    PowerCut(int flag) {
        this.flag = flag;
    }

    /** Stops the file system that is mounted there: what it is asked from now on fails with EIO. */
    public void of(Path root) throws LinuxException {
        try (Fd fd = Files.openRoot(root);
                Scratch scratch = new Scratch()) {
            MemorySegment argument = scratch.zeroed(Integer.BYTES);
            argument.set(ValueLayout.JAVA_INT, 0, flag);
            Kernel.call(Call.IOCTL, fd, SHUTDOWN, argument.address());
        }
    }
}
