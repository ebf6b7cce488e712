package dev.aquifer.node.remote;

import dev.aquifer.node.transfer.InvalidMessage;
import java.io.IOException;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/** Connections to one origin, each for one request at a time. Only those that ended well are kept for the next. */
final class ConnectionPool implements AutoCloseable {
    /** A conversation over a connection. */
    @FunctionalInterface
    interface Conversation<T> {
        T hold(OriginConnection connection) throws IOException;
    }

    private final SocketOpener opener;
    private final Deque<OriginConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<OriginConnection> busy = ConcurrentHashMap.newKeySet();
    private final AtomicLong closed = new AtomicLong();

    ConnectionPool(SocketOpener opener) {
        this.opener = opener;
    }

    /**
     * Holds a conversation.
     *
     * @throws ConnectionLostException if the origin cannot be reached, or the connection broke
     * @throws OriginException if the origin refused, or broke the rules of the protocol
     * @throws OriginBusyException if it wants to be asked again
     */
    <T> T with(Conversation<T> conversation) throws IOException {
        OriginConnection connection = idle.pollFirst();
        if (connection != null) {
            try {
                return hold(connection, conversation);
            } catch (ConnectionLostException stale) {
                // the origin may have closed it long ago, which says nothing of today; an answer cut short does
                if (connection.hasAnswered()) {
                    throw stale;
                }
            }
        }
        return hold(open(), conversation);
    }

    /** Closes those that there are. */
    @Override
    public void close() {
        closed.incrementAndGet();
        for (OriginConnection one = idle.pollFirst(); one != null; one = idle.pollFirst()) {
            one.close();
        }
        busy.forEach(OriginConnection::close);
    }

    private OriginConnection open() throws IOException {
        try {
            return new OriginConnection(opener.open());
        } catch (IOException failure) {
            throw new ConnectionLostException("the origin cannot be reached: " + failure.getMessage(), failure);
        }
    }

    private <T> T hold(OriginConnection connection, Conversation<T> conversation) throws IOException {
        boolean well = false;
        long before = closed.get();
        busy.add(connection);
        try {
            T result = conversation.hold(connection);
            well = closed.get() == before;
            return result;
        } catch (OriginBusyException busy) {
            well = closed.get() == before;
            throw busy;
        } catch (OwnException ours) {
            throw ours.failure();
        } catch (InvalidMessage wrong) {
            throw new OriginException("the origin breaks the rules of the protocol: " + wrong.getMessage(), wrong);
        } catch (OriginException | ConnectionLostException asTheyAre) {
            throw asTheyAre;
        } catch (IOException broken) {
            throw new ConnectionLostException("the connection to the origin broke: " + broken.getMessage(), broken);
        } finally {
            busy.remove(connection);
            release(connection, well);
        }
    }

    private void release(OriginConnection connection, boolean well) {
        if (well) {
            connection.rest();
            idle.addFirst(connection);
        } else {
            connection.close();
        }
    }
}
