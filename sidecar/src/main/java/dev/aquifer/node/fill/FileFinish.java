package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.linux.Attributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Timestamp;

/** Gives what was made the owner, mode and time that the listing says. */
public final class FileFinish {
    private FileFinish() {}

    /** Of an open file or directory. */
    public static void attributes(Fd fd, dev.aquifer.node.dataset.Attributes listed) throws LinuxException {
        Attributes.chown(fd, listed.uid(), listed.gid());
        Attributes.chmod(fd, listed.mode());
        Attributes.touch(fd, time(listed));
    }

    /** Of a symbolic link, which has no mode. */
    static void attributes(Fd dir, LinkEntry link) throws LinuxException {
        byte[] name = link.name().bytes();
        Attributes.chown(dir, name, link.attributes().uid(), link.attributes().gid());
        Attributes.touch(dir, name, time(link.attributes()));
    }

    private static Timestamp time(dev.aquifer.node.dataset.Attributes listed) {
        return new Timestamp(listed.modified().seconds(), listed.modified().nanos());
    }
}
