package dev.aquifer.webhook.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Supplier;

/** A request of which something is still to come, even when it has its answer already. */
public final class Arrival {
    private final Arrivals all;
    private final HttpServerRequest request;
    private final Context context;
    private final long deadline;
    private final Body body;
    private final Supplier<Future<?>> late;

    Arrival(
            Arrivals all,
            HttpServerRequest request,
            Context context,
            long deadline,
            Body body,
            Supplier<Future<?>> late) {
        this.all = all;
        this.request = request;
        this.context = context;
        this.deadline = deadline;
        this.body = body;
        this.late = late;
    }

    /** Nothing more is to come: all of it is there, or its sender has gone. */
    public void end() {
        all.remove(this);
    }

    /** Ends the request and, on HTTP/2, no other one of its connection. */
    public void cutOff() {
        end();
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    boolean isLate(long now) {
        return deadline - now < 0;
    }

    /** Whether a part of its body is kept in this memory. */
    boolean holds(BytesInFlight memory) {
        return body.holds(memory);
    }

    /** From any thread: answers that it took too long, if nothing was answered yet, and cuts it off. */
    void giveUp() {
        context.runOnContext(given -> late.get().onComplete(answered -> cutOff()));
    }
}
