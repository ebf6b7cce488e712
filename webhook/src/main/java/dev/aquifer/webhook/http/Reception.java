package dev.aquifer.webhook.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/**
 * One request, from its head to its answer. It is answered at most once, and gives the memory of its body back exactly once.
 * Lives on one event loop.
 */
public final class Reception {
    /** Who goes on sending after a refusal for this many times the longest body is cut off. */
    private static final long PATIENCE = 4;

    private final HttpServerRequest request;
    private final Arrivals arrivals;
    private final Body body;
    private final Function<Trouble, Future<?>> refusal;
    private final Arrival arrival;
    private State state = State.RECEIVING;
    private long discarded;

    /** Why a body does not arrive. */
    public enum Trouble {
        TOO_LATE,
        TOO_LARGE,
        /** Bodies have all the memory that there is for them. */
        NO_ROOM
    }

    private enum State {
        RECEIVING,
        DECIDING,
        DONE
    }

    /**
     * Begins with a request of whose body nothing has been read.
     *
     * @param deadline until when all of it has to be there ({@link System#nanoTime})
     * @param refusal answers it; complete when that is sent
     */
    public Reception(
            HttpServerRequest request,
            Arrivals arrivals,
            Body body,
            long deadline,
            Function<Trouble, Future<?>> refusal) {
        this.request = request;
        this.arrivals = arrivals;
        this.body = body;
        this.refusal = refusal;
        this.arrival = arrivals.begin(request, deadline, body, this::tooLate);
    }

    /** Says so once the body is complete; before that, whatever goes wrong is answered here. */
    public void receive(Runnable whole) {
        request.handler(this::chunk);
        request.exceptionHandler(gone -> abandon());
        request.endHandler(end -> {
            arrival.end();
            if (state == State.RECEIVING) {
                state = State.DECIDING;
                whole.run();
            }
        });
    }

    /** Gives back the memory of the body; false when it has its answer already. */
    public boolean finish() {
        if (state == State.DONE) {
            return false;
        }
        state = State.DONE;
        body.release();
        return true;
    }

    private void chunk(Buffer chunk) {
        if (state != State.RECEIVING) {
            discard(chunk);
            return;
        }
        switch (body.add(chunk)) {
            case ADDED -> {}
            case TOO_LARGE -> {
                var _ = refusal.apply(Trouble.TOO_LARGE);
            }
            case NO_ROOM -> {
                arrivals.makeRoom(body.inFlight());
                var _ = refusal.apply(Trouble.NO_ROOM);
            }
        }
    }

    /** A client that is still sending reads its answer only if the connection stays open meanwhile. */
    private void discard(Buffer chunk) {
        discarded += chunk.length();
        if (discarded > PATIENCE * body.limit()) {
            arrival.cutOff();
        }
    }

    private Future<?> tooLate() {
        return state == State.RECEIVING ? refusal.apply(Trouble.TOO_LATE) : Future.succeededFuture();
    }

    /** The client has gone. While the body is being read elsewhere, its memory is still in use. */
    private void abandon() {
        arrival.end();
        if (state == State.RECEIVING) {
            finish();
        }
    }
}
