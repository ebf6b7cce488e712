package dev.aquifer.node.cache;

import dev.aquifer.node.dataset.Directory;
import dev.aquifer.node.dataset.DirectoryEntry;
import dev.aquifer.node.dataset.DirectoryIndex;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingRecord;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Removes what no snapshot of a dataset needs any more: listing records, digests and notes. Nothing may be filled meanwhile.
 * Whenever it ends, what is needed is there; what it did not come to is left for the next time.
 */
public final class Sweep {
    private final DatasetFolder folder;
    private final BooleanSupplier stopped;
    private final HashSet64 needed = new HashSet64();
    private final Deque<Hash> waiting = new ArrayDeque<>();

    /** @param stopped asked often; ends the sweep early */
    public Sweep(DatasetFolder folder, BooleanSupplier stopped) {
        this.folder = folder;
        this.stopped = stopped;
    }

    /**
     * Sweeps.
     *
     * @return whether all is removed that is not needed
     * @throws MissingRecordException if a complete snapshot lacks a record: what is below that is not known
     */
    public boolean run() throws IOException {
        Set<SnapshotId> live = new HashSet<>(folder.snapshots());
        for (SnapshotId complete : live) {
            need(complete, true);
        }
        for (SnapshotId begun : folder.fillings().list()) {
            live.add(begun);
            need(begun, false);
        }
        if (stopped.getAsBoolean()) {
            return false;
        }
        folder.notes().keepOnly(live);
        return folder.records().keepOnly(needed::contains, stopped);
    }

    private void need(SnapshotId snapshot, boolean complete) throws LinuxException, MissingRecordException {
        want(snapshot.hash());
        while (!waiting.isEmpty() && !stopped.getAsBoolean()) {
            Hash hash = waiting.removeLast();
            ListingRecord record =
                    complete ? folder.records().require(hash) : folder.records().get(hash);
            switch (record) {
                case null -> {
                    // a fill that has not come to it yet
                }
                case SnapshotRoot root -> want(root.content());
                case DirectoryIndex index -> index.pages().forEach(this::want);
                case Directory directory ->
                    directory.entries().forEach(entry -> {
                        if (entry instanceof DirectoryEntry below) {
                            want(below.content());
                        }
                    });
            }
        }
    }

    private void want(Hash hash) {
        if (needed.add(hash)) {
            waiting.addLast(hash);
        }
    }
}
