package dev.aquifer.node.cache;

import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;

/** A listing record that was written under a name of its own. It is found under its hash once it has reached the disk. */
public final class NewRecord {
    private final Fd records;
    private final byte[] shelf;
    private final byte[] written;
    private final byte[] name;

    NewRecord(Fd records, byte[] shelf, byte[] written, byte[] name) {
        this.records = records;
        this.shelf = shelf;
        this.written = written;
        this.name = name;
    }

    /** Brings it to the disk, and gives it its name. */
    public void keep() throws LinuxException {
        try (Fd dir = Files.openDirectory(records, shelf)) {
            try (Fd file = Files.open(dir, written, Open.READ, 0)) {
                Data.fdatasync(file);
            }
            Files.rename(dir, written, dir, name, 0);
        }
    }
}
