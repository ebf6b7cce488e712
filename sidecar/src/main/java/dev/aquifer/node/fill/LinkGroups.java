package dev.aquifer.node.fill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.cache.DigestFile;
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
 * group's number, from which the others are linked. Of each of those it is noted that it is a further name, so that a fill
 * that goes on after a crash knows the first again, which may lack chunks.
 */
final class LinkGroups {
    private final Fd links;
    private final DigestFile digests;

    LinkGroups(Fd links, DigestFile digests) {
        this.links = links;
        this.digests = digests;
    }

    /**
     * Links the file to the first of its group.
     *
     * @param firstChunk of the file
     * @return false if it is the first, or can have no more names
     */
    boolean join(Fd dir, FileEntry file, long firstChunk) throws LinuxException {
        if (file.linkGroup() == 0) {
            return false;
        }
        boolean joins = link(dir, file, firstChunk);
        // without chunks there is no place for the note, and nothing to lack
        if (joins && file.size() > 0) {
            digests.markFurtherName(firstChunk);
        }
        return joins;
    }

    private boolean link(Fd dir, FileEntry file, long firstChunk) throws LinuxException {
        try (Fd first = Files.open(links, name(file), Open.READ, 0)) {
            Files.link(first, dir, file.name().bytes());
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case EEXIST -> file.size() > 0 && digests.isFurtherName(firstChunk) && isOneFile(dir, file);
                // too many names, or the first is an older snapshot's and protected: it becomes a file of its own
                case ENOENT, EMLINK, EPERM -> false;
                default -> throw failure;
            };
        }
    }

    /**
     * Makes the file the first of its group.
     *
     * @return false if the group has another: this is a file of its own
     */
    boolean lead(Fd dir, FileEntry file) throws LinuxException {
        try {
            Files.link(dir, file.name().bytes(), links, name(file));
            return true;
        } catch (LinuxException failure) {
            return switch (failure.errno()) {
                case EEXIST -> isOneFile(dir, file);
                case EMLINK -> false;
                default -> throw failure;
            };
        }
    }

    /** Whether the first of the file's group is the very file that this directory has. */
    boolean isLedBy(Fd dir, FileEntry file) throws LinuxException {
        try {
            return isOneFile(dir, file);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
            return false;
        }
    }

    /** All names are there: removes those by number, and protects the files. */
    static void settle(Fd links, Protection protection) throws LinuxException {
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
