package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The listing records of a dataset by their hashes, shared by its snapshots. One that has its name has reached the disk, though
 * its name may not have. What is read was checked against its hash, so a record that rotted is as good as missing, and so is one
 * that the disk does not give back.
 */
public final class RecordStore implements AutoCloseable {
    private static final int FANOUT = 2;

    private final Fd dir;
    /** Tells apart those who write the same record at the same time. */
    private final AtomicLong puts = new AtomicLong();

    RecordStore(Fd dir) {
        this.dir = dir;
    }

    /** The record; null where it is missing. */
    public @Nullable ListingRecord get(Hash hash) throws LinuxException {
        try (Fd shelf = Directories.openIfThere(dir, shelf(hash))) {
            byte[] bytes = shelf == null ? null : SmallFile.read(shelf, name(hash), ListingRecord.LONGEST + 1);
            return bytes == null ? null : ListingCodec.parse(hash, bytes);
        } catch (InvalidListing rotten) {
            return null;
        } catch (LinuxException failure) {
            if (!failure.errno().isDamage()) {
                throw failure;
            }
            return null;
        }
    }

    /**
     * The record, which must be there.
     *
     * @throws MissingRecordException if it is not
     */
    public ListingRecord require(Hash hash) throws LinuxException, MissingRecordException {
        ListingRecord record = get(hash);
        if (record == null) {
            throw new MissingRecordException(hash);
        }
        return record;
    }

    /**
     * Writes a record, which is to be kept then: a run that is killed in between leaves nothing that another takes for a record.
     *
     * @param bytes whose hash was checked
     */
    public NewRecord put(Hash hash, byte[] bytes) throws LinuxException {
        byte[] written = Names.ascii(hash.hex().substring(FANOUT) + "." + puts.incrementAndGet() + ".new");
        try (Fd shelf = Directories.make(dir, shelf(hash));
                Fd file = Files.open(shelf, written, Open.WRITE | Open.CREATE | Open.TRUNCATE, 0600)) {
            SmallFile.write(file, bytes);
        }
        return new NewRecord(dir, shelf(hash), written, name(hash));
    }

    /** Brings the names of all records to the disk. */
    public void syncNames() throws LinuxException {
        for (byte[] name : Directories.names(dir)) {
            try (Fd shelf = Files.openDirectory(dir, name)) {
                Data.fsync(shelf);
            }
        }
        Data.fsync(dir);
    }

    /**
     * Removes all records but these.
     *
     * @param stopped asked often; ends it early
     * @return whether it came to its end
     */
    boolean keepOnly(Predicate<Hash> needed, BooleanSupplier stopped) throws LinuxException {
        for (byte[] shelf : Directories.names(dir)) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            if (keepOnly(needed, shelf) == 0) {
                removeIfEmpty(shelf);
            }
        }
        return true;
    }

    /** Says how many are left on the shelf. */
    private int keepOnly(Predicate<Hash> needed, byte[] shelfName) throws LinuxException {
        int kept = 0;
        try (Fd shelf = Files.openDirectory(dir, shelfName)) {
            for (byte[] name : Directories.names(dir, shelfName)) {
                if (!SmallFile.isBegun(name) && needed.test(Hash.parse(Names.text(shelfName) + Names.text(name)))) {
                    kept++;
                } else {
                    Files.unlink(shelf, name);
                }
            }
        }
        return kept;
    }

    private void removeIfEmpty(byte[] shelf) throws LinuxException {
        try {
            Files.rmdir(dir, shelf);
        } catch (LinuxException failure) {
            if (failure.errno() != Errno.ENOTEMPTY) {
                throw failure;
            }
        }
    }

    private static byte[] shelf(Hash hash) {
        return Names.ascii(hash.hex().substring(0, FANOUT));
    }

    private static byte[] name(Hash hash) {
        return Names.ascii(hash.hex().substring(FANOUT));
    }

    @Override
    public void close() {
        dir.close();
    }
}
