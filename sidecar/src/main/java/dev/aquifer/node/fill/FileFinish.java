package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Timespec;

/** Gives what was made the owner, mode and time that the listing says. */
public final class FileFinish {
    private FileFinish() {}

    /** Of an open file or directory. */
    public static void attributes(Fd fd, Attributes listed) throws LinuxException {
        Metadata.chown(fd, listed.uid(), listed.gid());
        Metadata.chmod(fd, listed.mode());
        Metadata.touch(fd, time(listed));
    }

    /** Of a symbolic link, which has no mode. */
    static void attributes(Fd dir, LinkEntry link) throws LinuxException {
        byte[] name = link.name().bytes();
        Metadata.chown(dir, name, link.attributes().uid(), link.attributes().gid());
        Metadata.touch(dir, name, time(link.attributes()));
    }

    private static Timespec time(Attributes listed) {
        return new Timespec(listed.modified().seconds(), listed.modified().nanos());
    }
}
