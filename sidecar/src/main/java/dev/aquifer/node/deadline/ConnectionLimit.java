package dev.aquifer.node.deadline;

import java.io.Closeable;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * So many connections at once of whom nothing is known. One more, and the oldest is closed: who is what he should be says so
 * soon, so it is those who only hold their connections that go.
 */
public final class ConnectionLimit {
    private final int most;
    private final SequencedSet<Closeable> connections = new LinkedHashSet<>();

    public ConnectionLimit(int most) {
        this.most = most;
    }

    /** Counts a connection; may close another. */
    public void enter(Closeable connection) {
        Closeable oldest = add(connection);
        if (oldest != null) {
            Deadline.end(oldest);
        }
    }

    private synchronized @Nullable Closeable add(Closeable connection) {
        Closeable oldest = connections.size() < most ? null : connections.removeFirst();
        connections.add(connection);
        return oldest;
    }

    /** Counts it no more. */
    public synchronized void leave(Closeable connection) {
        connections.remove(connection);
    }
}
