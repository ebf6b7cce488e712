package dev.aquifer.node.scrub;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.nio.charset.StandardCharsets;

/**
 * Where a file is made that replaces others, one at a time. A process that was killed may have left it here, and also put it
 * into a snapshot already, where it is protected.
 */
final class Workshop implements AutoCloseable {
    private static final byte[] NAME = "mended".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);

    private final Fd dir;
    private final Protection protection;

    private Workshop(Fd dir, Protection protection) {
        this.dir = dir;
        this.protection = protection;
    }

    /** That of the dataset, cleared. */
    static Workshop open(DatasetFolder folder, Protection protection) throws LinuxException {
        Workshop workshop = new Workshop(folder.workshop(), protection);
        try {
            workshop.clear();
            return workshop;
        } catch (LinuxException | RuntimeException failure) {
            workshop.close();
            throw failure;
        }
    }

    /** An empty file, to be written. */
    Fd create() throws LinuxException {
        return Files.open(dir, NAME, Open.READ_WRITE | Open.CREATE | Open.EXCLUSIVE, 0600);
    }

    /** That file once it is whole, to be read. */
    Fd whole() throws LinuxException {
        return Files.open(dir, NAME, Open.READ, 0);
    }

    /** Puts it in the place of another, which must not be protected. */
    void place(Fd parent, byte[] name) throws LinuxException {
        Files.link(dir, NAME, dir, SECOND);
        Files.rename(dir, SECOND, parent, name, 0);
    }

    /** Removes what is left here; what a snapshot shows as well stays there, protected. */
    void clear() throws LinuxException {
        remove(SECOND);
        remove(NAME);
    }

    private void remove(byte[] name) throws LinuxException {
        try (Fd file = Files.open(dir, name, Open.READ, 0);
                Protection.Section _ = protection.section()) {
            protection.lift(file);
            Files.unlink(dir, name);
            if (Metadata.stat(file).links() > 0) {
                protection.set(file);
            }
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        dir.close();
    }
}
