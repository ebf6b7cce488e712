package dev.aquifer.node.local;

import dev.aquifer.node.cache.Admission;
import dev.aquifer.node.cache.AdmissionRule;
import dev.aquifer.node.cache.Amount;
import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Space;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.fill.RefusedException;
import dev.aquifer.node.link.RefusalCode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for fills by the rules of quota and free space. What has to go for a fill takes minutes; others, for which there is
 * room, do not wait for it.
 */
public final class Room {
    private final CacheFolder cache;
    private final AdmissionRule rule;
    private final Ledger ledger;
    private final Evictor evictor;
    private final Object evicting = new Object();
    private volatile boolean tooFull;

    public Room(CacheFolder cache, AdmissionRule rule, Ledger ledger, Evictor evictor) {
        this.cache = cache;
        this.rule = rule;
        this.ledger = ledger;
        this.evictor = evictor;
    }

    /**
     * Makes room and promises it.
     *
     * @param most what the dataset itself may take; null for no limit
     * @param mayEvict whether other snapshots may go for it
     * @return false if an older snapshot of the dataset had to go: what it needs is more now
     * @throws RefusedException if there is no room
     */
    boolean make(DatasetId dataset, Usage need, @Nullable Long most, boolean mayEvict) throws IOException {
        if (!fitsOwnLimit(dataset, need, most)) {
            return false;
        }
        if (!promise(dataset, need, mayEvict)) {
            evictFor(dataset, need);
        }
        return true;
    }

    /** One at a time: what goes for one may be enough for the next. */
    private void evictFor(DatasetId dataset, Usage need) throws IOException {
        synchronized (evicting) {
            boolean evictable = true;
            while (!promise(dataset, need, evictable)) {
                evictable = evict(dataset, need);
            }
        }
    }

    /** Promises it; false if something has to go first. */
    private synchronized boolean promise(DatasetId dataset, Usage need, boolean evictable) throws IOException {
        return switch (rule.decide(need, ledger.totalWithout(dataset), cache.space(), evictable)) {
            case Admission.Admitted _ -> {
                ledger.promise(dataset, need);
                yield true;
            }
            case Admission.MakeRoom _ -> false;
            case Admission.TooLarge large ->
                throw new RefusedException(RefusalCode.RESOURCE_EXHAUSTED, "it is too large: " + large.message());
            case Admission.NoRoom full -> throw noRoom(full.message());
        };
    }

    /** Whether a dataset could have as much if nothing else were there. */
    boolean mayEverHave(Usage need, @Nullable Long most) throws IOException {
        return (most == null || need.bytes() <= most)
                && !(rule.decide(need, Usage.NONE, cache.space(), true) instanceof Admission.TooLarge);
    }

    /** The same, for no less than what the dataset's fill was promised before and has not written. */
    boolean makeAtLeast(DatasetId dataset, Usage need, @Nullable Long most, boolean mayEvict) throws IOException {
        return make(dataset, need.atLeast(ledger.promised(dataset)), most, mayEvict);
    }

    /**
     * Sees that there is room for what is written beside all fills, to take the place of as much soon after. Nothing goes
     * for it.
     *
     * @throws RefusedException if there is none
     */
    public synchronized void expect(Usage need) throws IOException {
        switch (rule.decide(need, ledger.total(), cache.space(), false)) {
            case Admission.Admitted _ -> {
                // and it is taken at once
            }
            case Admission.TooLarge large -> throw noRoom(large.message());
            case Admission.NoRoom full -> throw noRoom(full.message());
            case Admission.MakeRoom _ -> throw new IllegalStateException("nothing was to go");
        }
    }

    /** Others' snapshots do not go for a dataset that would not fit beside what must stay. */
    private void refuseWhatCannotFit(DatasetId dataset, Usage need) throws IOException {
        Usage fixed = ledger.fixed(evictor.fixed(), dataset);
        Space empty = new Space(cache.space().total(), cache.space().total());
        if (rule.decide(need, fixed, empty, false) instanceof Admission.NoRoom full) {
            throw noRoom(full.message());
        }
    }

    private static RefusedException noRoom(String why) {
        return new RefusedException(RefusalCode.RESOURCE_EXHAUSTED, "there is no room: " + why);
    }

    /** Looks whether the disk is too full: as long as it is, fills pause. */
    public void look() throws IOException {
        tooFull = !rule.maySpend(cache.space());
    }

    /** Lets unused snapshots go while the disk is too full, which may take minutes. */
    public void keepDiskFree() throws IOException {
        look();
        while (tooFull && evictor.evictOne()) {
            look();
        }
    }

    /** Whether the disk was too full when it was last looked at. */
    boolean isTooFull() {
        return tooFull;
    }

    /** Why nothing may be written now. */
    String whyTooFull() throws IOException {
        return rule.tooFull(cache.space());
    }

    /** Down to the low mark, or until nothing more may go. */
    private boolean evict(DatasetId dataset, Usage need) throws IOException {
        while (!rule.roomEnough(need, ledger.totalWithout(dataset), cache.space())) {
            // each time: others are promised room meanwhile
            refuseWhatCannotFit(dataset, need);
            if (!evictor.evictOne()) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsOwnLimit(DatasetId dataset, Usage need, @Nullable Long most) throws IOException {
        if (most == null) {
            return true;
        }
        if (need.bytes() > most) {
            throw new RefusedException(
                    RefusalCode.RESOURCE_EXHAUSTED,
                    "it needs %s and its cache.maxBytes is %s; raise cache.maxBytes in the SharedVolume, or share it with readPath: Direct"
                            .formatted(Amount.bytes(need.bytes()), Amount.bytes(most)));
        }
        Usage used = ledger.used(dataset);
        if (used.plus(need).bytes() <= most) {
            return true;
        }
        if (evictor.evictBefore(dataset)) {
            return false;
        }
        throw new RefusedException(
                RefusalCode.RESOURCE_EXHAUSTED,
                "it needs %s beside the %s of its snapshots that pods use now and of what was begun, and its cache.maxBytes is %s; raise cache.maxBytes in the SharedVolume, or wait until those pods end"
                        .formatted(Amount.bytes(need.bytes()), Amount.bytes(used.bytes()), Amount.bytes(most)));
    }
}
