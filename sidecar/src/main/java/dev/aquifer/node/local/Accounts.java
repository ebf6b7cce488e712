package dev.aquifer.node.local;

import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Removed;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.linux.LinuxException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each dataset takes: counted in the background, one count at a time for each, and noted beside the dataset for the next
 * start. What changes within a count has it begin again; within a fill nothing is counted.
 */
public final class Accounts {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final FolderCount count;
    private final Duration pause;
    private final Map<Dataset, Account> accounts = new ConcurrentHashMap<>();
    private volatile boolean complete;

    public Accounts(Ledger ledger) {
        this(ledger, DatasetFolder::count, PAUSE);
    }

    /** @param pause between a count that failed and the next */
    Accounts(Ledger ledger, FolderCount count, Duration pause) {
        this.ledger = ledger;
        this.count = count;
        this.pause = pause;
    }

    /** Whether it is known of every dataset that was there at the start: until then the total says too little. */
    boolean areComplete() {
        return complete;
    }

    /** It is. */
    public void complete() {
        complete = true;
    }

    /** Learns it from the dataset's note, or by counting where that may be wrong. */
    public void learn(Dataset dataset) throws IOException {
        try {
            of(dataset).learn();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on with a removal that a crash cut short. */
    public void goOnRemoving(Dataset dataset) throws LinuxException {
        if (dataset.folder().hasRetired()) {
            remove(dataset, dataset.folder()::clean).orThrow();
        }
    }

    /** A fill of the dataset begins: what it will have been, only a count can say. */
    void fillBegins(Dataset dataset) throws LinuxException {
        of(dataset).fillBegins();
    }

    /** The fill has written all that was promised to it. */
    void allWritten(Dataset dataset) {
        ledger.allWritten(dataset.id());
    }

    /** The fill has ended. What was promised to it stands until what it wrote is counted: that takes a while, and pods wait. */
    void fillEnded(Dataset dataset) {
        of(dataset).fillEnds();
    }

    /**
     * Has something of the dataset removed.
     *
     * @return what that freed
     */
    Removed remove(Dataset dataset, Removal removal) throws LinuxException {
        return of(dataset).remove(removal);
    }

    /**
     * Removes something that fills have begun of the dataset, for one that has written nothing yet.
     *
     * @return what that freed
     */
    Usage discard(Dataset dataset, Removal removal) throws LinuxException {
        return of(dataset).discard(removal);
    }

    /** The dataset is gone. */
    public void forget(Dataset dataset) {
        of(dataset).close();
        accounts.remove(dataset);
        ledger.forget(dataset.id());
    }

    private Account of(Dataset dataset) {
        return accounts.computeIfAbsent(dataset, _ -> new Account(dataset.folder(), ledger, count, pause));
    }
}
