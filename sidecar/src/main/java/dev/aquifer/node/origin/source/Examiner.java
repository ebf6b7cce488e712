package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.LinkEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timespec;
import dev.aquifer.node.transfer.LeftOutReason;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Turns one name of a directory into an entry of the listing, or notes why it has none. Reads no file's content. */
public final class Examiner {
    private static final Found NOTHING = new Found.Nothing();
    private static final int GROUP_BITS = 070;

    private final Reader reader;
    private final Device device;
    private final Freshness freshness;

    /** @param device of the source's root: hard links are told apart by inode numbers, which count on one device only */
    public Examiner(Reader reader, Device device, Freshness freshness) {
        this.reader = reader;
        this.device = device;
        this.freshness = freshness;
    }

    /** What the name is; what it is no longer there is {@link Found.Nothing} too. */
    public Found examine(Place place, Name name, Findings findings) throws LinuxException {
        try {
            var bytes = name.bytes();
            var stat = Metadata.stat(place.fd(), bytes);
            findings.countEntry();
            return switch (stat.type()) {
                case REGULAR -> file(place, name, bytes, stat, findings);
                case DIRECTORY -> folder(place, name, bytes, stat, findings);
                case SYMLINK ->
                    new Found.Leaf(
                            new LinkEntry(name, attributes(stat, stat.mode()), Files.readlink(place.fd(), bytes)));
                case SOCKET -> leftOut(place, name, LeftOutReason.SOCKET, findings);
                case FIFO -> leftOut(place, name, LeftOutReason.FIFO, findings);
                case CHARACTER_DEVICE, BLOCK_DEVICE, UNKNOWN -> leftOut(place, name, LeftOutReason.DEVICE, findings);
            };
        } catch (LinuxException e) {
            if (isOther(e)) {
                return NOTHING;
            }
            if (e.errno() == Errno.ENAMETOOLONG) {
                return leftOut(place, name, LeftOutReason.NAME_TOO_LONG, findings);
            }
            throw e;
        }
    }

    /** The attributes of the source's root, as a copy may have them; fails where the file server has that no more. */
    public static Attributes rootAttributes(Fd root) throws LinuxException {
        var stat = Metadata.statForced(root);
        return attributes(stat, withoutList(stat, root, new byte[0]));
    }

    public static Version version(Stat stat) {
        return new Version(timestamp(stat.changed()), stat.inode());
    }

    private Found file(Place place, Name name, byte[] bytes, Stat stat, Findings findings) throws LinuxException {
        int mode = withoutList(stat, place.fd(), bytes);
        // with an access list the mode does not say who may read
        boolean sure = mode == stat.mode() && reader.mayReadFile(stat);
        if (!sure && !opens(place, name, Open.READ | Open.NONBLOCK)) {
            return leftOut(place, name, LeftOutReason.UNREADABLE, findings);
        }
        freshness.note(stat, () -> place.path().child(name), findings);
        long group = stat.links() > 1 && stat.device().equals(device) ? stat.inode() : 0;
        return new Found.Leaf(new FileEntry(name, attributes(stat, mode), stat.size(), version(stat), group));
    }

    private Found folder(Place place, Name name, byte[] bytes, Stat stat, Findings findings) throws LinuxException {
        int mode = withoutList(stat, place.fd(), bytes);
        boolean sure = mode == stat.mode() && reader.mayReadDirectory(stat);
        if (!sure && !opens(place, name, Open.READ | Open.DIRECTORY)) {
            return leftOut(place, name, LeftOutReason.UNREADABLE, findings);
        }
        return new Found.Folder(name, attributes(stat, mode));
    }

    /** Why a file cannot be read now, as far as its start tells; null if it can. */
    public static @Nullable LeftOutReason tryToRead(Place place, Name name) throws LinuxException {
        try (var opened = Files.open(place.fd(), name.bytes(), Open.READ | Open.NONBLOCK, 0)) {
            Data.readFully(opened, ByteBuffer.allocateDirect(1), 0);
            return null;
        } catch (LinuxException e) {
            if (isOther(e)) {
                return null;
            }
            if (!e.errno().isUnreadable()) {
                throw e;
            }
            return isRefused(e) ? LeftOutReason.UNREADABLE : LeftOutReason.FAILING;
        }
    }

    private static boolean opens(Place place, Name name, int flags) throws LinuxException {
        try (var opened = Files.open(place.fd(), name.bytes(), flags, 0)) {
            return opened.number() >= 0;
        } catch (LinuxException e) {
            if (isRefused(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Since it was looked at it was removed; or a link became something else, or a file a socket. */
    private static boolean isOther(LinuxException e) {
        return e.errno().isGone() || e.errno() == Errno.EINVAL || e.errno() == Errno.ENXIO;
    }

    private static boolean isRefused(LinuxException e) {
        return e.errno() == Errno.EACCES || e.errno() == Errno.EPERM;
    }

    /** An access list can only be there where the group has bits: they are its mask. */
    private static int withoutList(Stat stat, Fd dir, byte[] name) throws LinuxException {
        if ((stat.mode() & GROUP_BITS) == 0) {
            return stat.mode();
        }
        var list = Metadata.extended(dir, name, AccessList.ATTRIBUTE);
        return list == null ? stat.mode() : AccessList.mode(stat.mode(), list);
    }

    private static Attributes attributes(Stat stat, int mode) {
        return new Attributes(mode & Attributes.MODE_BITS, stat.uid(), stat.gid(), timestamp(stat.modified()));
    }

    private static Timestamp timestamp(Timespec time) {
        return new Timestamp(time.seconds(), time.nanos());
    }

    private static Found leftOut(Place place, Name name, LeftOutReason reason, Findings findings) {
        findings.leaveOut(place.path().child(name), reason);
        return NOTHING;
    }
}
