package dev.aquifer.node.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.linux.Entries;
import dev.aquifer.node.linux.Entry;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;

/**
 * Files that have several names in the source keep them: the first to be listed is fetched and gets one more name under its
 * group's number, from which the others are linked. That folder is all there is to remember, also after a crash.
 */
final class LinkGroups {
    private final Fd links;

    LinkGroups(Fd links) {
        this.links = links;
    }

    /**
     * Links the file to the first of its group.
     *
     * @return false if it is the first, or can have no more names
     */
    boolean join(Fd dir, FileEntry file) throws LinuxException {
        if (file.linkGroup() == 0) {
            return false;
        }
        try (Fd first = Files.open(links, name(file), Open.READ, 0)) {
            Files.link(first, dir, file.name().bytes());
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case EEXIST -> isOneFile(dir, file);
                // too many names: it becomes a file of its own
                case ENOENT, EMLINK -> false;
                default -> throw failure;
            };
        }
    }

    /** Makes the file the first of its group. */
    void lead(Fd dir, FileEntry file) throws LinuxException {
        try {
            Files.link(dir, file.name().bytes(), links, name(file));
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.EEXIST && failure.errno() != Errno.EMLINK) {
                throw failure;
            }
        }
    }

    /** All names are there: removes those by number, and protects the files. */
    void settle(Protection protection) throws LinuxException {
        try (Fd listed = Files.reopen(links);
                Entries entries = new Entries(listed)) {
            for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
                try (Fd file = Files.open(links, entry.name(), Open.READ, 0);
                        Protection.Section _ = protection.section()) {
                    protection.lift(file);
                    Files.unlink(links, entry.name());
                    protection.set(file);
                }
            }
        }
    }

    private boolean isOneFile(Fd dir, FileEntry file) throws LinuxException {
        return Metadata.stat(links, name(file)).inode()
                == Metadata.stat(dir, file.name().bytes()).inode();
    }

    private static byte[] name(FileEntry file) {
        return Long.toHexString(file.linkGroup()).getBytes(US_ASCII);
    }
}
