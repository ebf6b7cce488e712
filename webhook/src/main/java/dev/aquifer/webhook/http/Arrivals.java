package dev.aquifer.webhook.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The requests of all event loops that have not wholly arrived, up to a limit. Beyond it, and when bodies have taken all
 * the memory there is for them, who has been arriving longest goes: an ordinary request is whole in less than a
 * millisecond, so that it is the last to go.
 */
public final class Arrivals {
    private static final int MOST = 1000;
    /** No sender needs to know more exactly that he was too slow. */
    private static final long LOOK_MILLIS = 100;

    private final Vertx vertx;
    private final SequencedSet<Arrival> arriving = new LinkedHashSet<>();

    public Arrivals(Vertx vertx) {
        this.vertx = vertx;
        vertx.setPeriodic(LOOK_MILLIS, look -> {
            long now = System.nanoTime();
            all(arrival -> arrival.isLate(now)).forEach(Arrival::giveUp);
        });
    }

    /**
     * Begins with a request of which its head alone is there; on its event loop.
     *
     * @param deadline until when all of it has to be there ({@link System#nanoTime})
     * @param body of which nothing has arrived
     * @param late answers that it took too long, unless it has its answer; complete when that is sent
     */
    public Arrival begin(HttpServerRequest request, long deadline, Body body, Supplier<Future<?>> late) {
        Arrival arrival = new Arrival(this, request, vertx.getOrCreateContext(), deadline, body, late);
        List<Arrival> tooMany = add(arrival);
        tooMany.forEach(Arrival::giveUp);
        return arrival;
    }

    /** Makes room for bodies: the one that has been arriving longest of those that hold a part of this memory gives it back. */
    void makeRoom(BytesInFlight memory) {
        all(arrival -> arrival.holds(memory)).stream().limit(1).forEach(Arrival::giveUp);
    }

    private synchronized List<Arrival> add(Arrival arrival) {
        arriving.add(arrival);
        return arriving.size() > MOST ? List.of(arriving.removeFirst()) : List.of();
    }

    private synchronized List<Arrival> all(Predicate<Arrival> which) {
        return arriving.stream().filter(which).toList();
    }

    synchronized void remove(Arrival arrival) {
        arriving.remove(arrival);
    }
}
