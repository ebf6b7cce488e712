package dev.aquifer.node.origin.walk;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.ListingCodec;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.source.Examiner;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.source.Marks;
import dev.aquifer.node.origin.source.Place;
import dev.aquifer.node.origin.source.Reader;
import dev.aquifer.node.origin.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes listings of a source: by walking all of it, or by looking at some paths again. A file that changed less than 2 s
 * before it was looked at is looked at again before its listing is given out, at most {@value #LOOKS} times.
 */
public final class Lister {
    private static final int LOOKS = 3;

    private final Source source;
    private final Reader reader;
    private final RecordPacks records;
    private final Walkers walkers;
    private final Path folder;
    private final OnChange onChange;
    private final InstantSource clock;
    private final Freshness freshness;
    private final Pause pause;

    /** @param folder for what of one directory does not fit into memory */
    public Lister(
            Source source,
            Reader reader,
            RecordPacks records,
            Walkers walkers,
            Path folder,
            OnChange onChange,
            InstantSource clock,
            Freshness freshness,
            Pause pause) {
        this.source = source;
        this.reader = reader;
        this.records = records;
        this.walkers = walkers;
        this.folder = folder;
        this.onChange = onChange;
        this.clock = clock;
        this.freshness = freshness;
        this.pause = pause;
    }

    /**
     * Walks the whole source.
     *
     * @param progress counts what is found, and gets what is left out
     */
    public Listing walk(Findings progress) throws IOException, InterruptedException {
        records.beginWalk();
        freshness.begin();
        var listing = walkOnce(progress);
        if (progress.isOverflown()) {
            pause.pause(Freshness.COARSEST);
            return walkAgain();
        }
        var settled = settle(listing, progress.fresh());
        records.endWalk();
        return settled;
    }

    /** Makes a successor of a listing by a look at these paths. */
    public Relisted relist(Listing before, Map<DatasetPath, Mark> marks) throws IOException, InterruptedException {
        freshness.begin();
        var findings = Findings.ofLook();
        var looked = look(before, marks, findings);
        return new Relisted(settle(looked, findings.fresh()), findings.changed());
    }

    /** So much was fresh that single looks would take longer; most of it has come to rest by now. */
    private Listing walkAgain() throws IOException, InterruptedException {
        var findings = new Findings();
        var settled = settle(walkOnce(findings), findings.fresh());
        records.endWalk();
        return settled;
    }

    private Listing settle(Listing listing, Set<DatasetPath> fresh) throws IOException, InterruptedException {
        var settled = listing;
        var again = fresh;
        for (int look = 1; look < LOOKS && !again.isEmpty(); look++) {
            pause.pause(Freshness.COARSEST);
            var findings = Findings.ofLook();
            settled = look(settled, marked(again, Mark.LOOK_AGAIN), findings);
            again = findings.fresh();
        }
        if (again.isEmpty()) {
            return settled;
        }
        return switch (onChange) {
            case WAIT -> settled.withChanging(again);
            case SKIP -> look(settled, marked(again, Mark.CHANGING), Findings.ofLook());
        };
    }

    private static Map<DatasetPath, Mark> marked(Set<DatasetPath> paths, Mark mark) {
        return paths.stream().collect(Collectors.toMap(path -> path, path -> mark));
    }

    private Listing walkOnce(Findings findings) throws IOException {
        Instant begun = clock.instant();
        try (var root = source.openRoot()) {
            var walk = walk(examiner(root), findings);
            var walked = walkers.run(() -> walk.walk(place()));
            return Listing.walked(root(root, walked), begun, findings.leftOut());
        }
    }

    private Listing look(Listing before, Map<DatasetPath, Mark> marks, Findings findings) throws IOException {
        try (var root = source.openRoot()) {
            var examiner = examiner(root);
            var relist = new Relist(
                    source,
                    examiner,
                    records,
                    walk(examiner, findings),
                    findings,
                    before.root().totals());
            Hash content = before.root().content();
            var walked = walkers.run(() -> relist.relist(place(), content, Marks.of(marks)));
            return before.followedBy(root(root, walked), marks.keySet(), findings.named());
        }
    }

    private SnapshotRoot root(dev.aquifer.node.linux.Fd fd, Walked walked) throws IOException {
        var root = new SnapshotRoot(Examiner.rootAttributes(fd), walked.content(), walked.totals());
        records.put(ListingCodec.encode(root));
        return root;
    }

    private Place place() throws IOException {
        return new Place(source.openRoot(), DatasetPath.ROOT, source.excludedIn(DatasetPath.ROOT));
    }

    private Examiner examiner(dev.aquifer.node.linux.Fd root) throws IOException {
        return new Examiner(reader, Metadata.stat(root).device(), freshness);
    }

    private TreeWalk walk(Examiner examiner, Findings findings) {
        return new TreeWalk(source, examiner, records, walkers, folder, findings);
    }
}
