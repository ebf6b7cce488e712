package dev.aquifer.node.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;

/** The names in the cache folder that we give ourselves; docs/cache-layout.md shows them together. */
final class Names {
    static final byte[] LOCK = ascii("lock");
    static final byte[] FORMAT = ascii("format");
    static final byte[] DATASETS = ascii("datasets");
    static final byte[] RECORDS = ascii("records");
    static final byte[] SNAPSHOTS = ascii("snapshots");
    static final byte[] FILLING = ascii("filling");
    static final byte[] DIGESTS = ascii("digests");
    static final byte[] MARKS = ascii("marks");
    static final byte[] REMOVING = ascii("removing");
    static final byte[] MENDING = ascii("mending");
    static final byte[] TREE = ascii("tree");
    static final byte[] LINKS = ascii("links");
    static final byte[] BOOT = ascii("boot");
    static final byte[] NEWEST = ascii("newest");
    static final byte[] USAGE = ascii("usage");
    static final byte[] DAMAGED = ascii("damaged");

    private Names() {}

    static byte[] ascii(String name) {
        return name.getBytes(US_ASCII);
    }

    static byte[] of(SnapshotId snapshot) {
        return ascii(snapshot.hex());
    }

    static String text(byte[] name) {
        return new String(name, US_ASCII);
    }

    /** The snapshots after which something is named in the folder; other names are none of ours. */
    static List<SnapshotId> snapshots(Fd parent, byte[] folder) throws LinuxException {
        List<SnapshotId> ids = new ArrayList<>();
        for (byte[] name : Directories.names(parent, folder)) {
            if (Hash.isWritten(text(name))) {
                ids.add(SnapshotId.parse(text(name)));
            }
        }
        return ids;
    }
}
