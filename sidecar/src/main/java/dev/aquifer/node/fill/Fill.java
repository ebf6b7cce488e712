package dev.aquifer.node.fill;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Filling;
import dev.aquifer.node.cache.ListingVisitor;
import dev.aquifer.node.cache.ListingWalk;
import dev.aquifer.node.cache.OlderSnapshot;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.ListingSize;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.remote.OriginClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings one snapshot into the cache, from where an earlier run ended: listing, room, tree, attributes, and at last the name
 * under which it is seen.
 */
public final class Fill {
    /** Of complete snapshots: what changed long ago is in the newer ones too. */
    private static final int MOST_OLDER = 2;

    private final DatasetFolder folder;
    private final Protection protection;
    private final OriginClient origin;
    private final FillOptions options;
    private final FillEvents events;
    private final Progress progress;
    private final BooleanSupplier paused;

    public Fill(
            DatasetFolder folder,
            Protection protection,
            OriginClient origin,
            FillOptions options,
            FillEvents events,
            Progress progress,
            BooleanSupplier paused) {
        this.folder = folder;
        this.protection = protection;
        this.origin = origin;
        this.options = options;
        this.events = events;
        this.progress = progress;
        this.paused = paused;
    }

    /**
     * Fills the snapshot. Blocks until it is complete.
     *
     * @param room makes room for what is needed, or refuses
     * @return the mount points that cannot be had, because the source has something else there
     * @throws SourceChangedException if the source has moved on: fill the next snapshot
     * @throws PausedException if that was asked for
     * @throws RefusedException if it cannot succeed before somebody does something
     */
    public List<DatasetPath> run(SnapshotRoot root, RoomKeeper room, MountPoints mountPoints) throws IOException {
        SnapshotId id = SnapshotId.of(root);
        progress.phase("reading the listing of snapshot " + id.hex().substring(0, 12));
        Usage listing = FillPlan.of(list(id, root, room));
        while (true) {
            List<OlderSnapshot> older = older(id);
            try {
                if (room.make(
                        plan(root, older).minus(folder.fillings().held(id)).plus(listing))) {
                    return fill(id, root, older, mountPoints);
                }
            } finally {
                older.forEach(OlderSnapshot::close);
            }
        }
    }

    /** Not before there is room for the longest listing that there can be: the origin may go on for ever. */
    private ListingSize list(SnapshotId id, SnapshotRoot root, RoomKeeper room) throws IOException {
        Usage most = FillPlan.of(ListingSize.most(root.totals()));
        while (!room.makeForListing(most)) {
            // until nothing older had to go
        }
        folder.records().put(id.hash(), ListingCodec.encode(root)).keep();
        OriginClient patient = new PatientOrigin(origin, progress, paused);
        ListingSize fetched = new ListingFetch(patient, folder.records(), options.mostRecords(), paused).fetch(root);
        events.listed(fetched.bytes());
        return fetched;
    }

    private Usage plan(SnapshotRoot root, List<OlderSnapshot> older) throws IOException {
        FillPlan plan = new FillPlan();
        walk(root, older, plan);
        return plan.need();
    }

    private List<DatasetPath> fill(SnapshotId id, SnapshotRoot root, List<OlderSnapshot> older, MountPoints mountPoints)
            throws IOException {
        progress.begin(root.totals());
        try (Filling filling = folder.fillings().begin(id, options.boot())) {
            build(filling, root, older);
            // before the first file is sealed: after a crash of the machine, what has no digest is written anew
            filling.digests().sync();
            List<DatasetPath> inTheWay = mountPoints.make(filling.tree());
            LinkGroups.settle(filling.links(), protection);
            try (TreeFinisher finisher = new TreeFinisher(filling.tree(), protection)) {
                walk(root, List.of(), finisher);
                finisher.root(root.attributes());
            }
            folder.publish(filling);
            return inTheWay;
        }
    }

    private void walk(SnapshotRoot root, List<OlderSnapshot> older, ListingVisitor visitor) throws IOException {
        ListingWalk.over(folder.records(), root, older, new PausableVisitor(visitor, paused));
    }

    private void build(Filling filling, SnapshotRoot root, List<OlderSnapshot> older) throws IOException {
        ChunkPool pool = new ChunkPool(
                "fill-" + folder.id(),
                options.workers(),
                ending -> new ChunkWorker(new PatientOrigin(origin, progress, ending), progress, events, ending),
                paused);
        try (TreeBuilder builder = new TreeBuilder(filling, older, protection, pool, progress)) {
            walk(root, older, builder);
            if (!filling.trusted()) {
                folder.fillings().trust(filling, options.boot());
            }
            builder.finish();
        }
    }

    /** Complete snapshots first: their files can be linked as they are. */
    private List<OlderSnapshot> older(SnapshotId id) throws IOException {
        List<OlderSnapshot> older = new ArrayList<>();
        try {
            for (SnapshotId other : folder.newest(MOST_OLDER)) {
                addIfThere(older, folder.older(other));
            }
            for (SnapshotId other : folder.fillings().list()) {
                if (!other.equals(id)) {
                    addIfThere(older, folder.fillings().older(other, options.boot()));
                }
            }
            return older;
        } catch (IOException | RuntimeException failure) {
            older.forEach(OlderSnapshot::close);
            throw failure;
        }
    }

    private static void addIfThere(List<OlderSnapshot> older, @Nullable OlderSnapshot snapshot) {
        if (snapshot != null) {
            older.add(snapshot);
        }
    }
}
