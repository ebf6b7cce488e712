package dev.aquifer.node.csi;

import dev.aquifer.node.link.Caller;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkHandler;
import dev.aquifer.node.link.LinkRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for the process that fetches: answers what a test sets, and keeps what it was asked. */
final class FetchStandIn implements LinkHandler {
    private final List<LinkRequest> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger gone = new AtomicInteger();
    private volatile Fill fill = acquire -> new LinkAnswer.Filling("nothing is set");
    private volatile LinkAnswer other = new LinkAnswer.Noted();

    interface Fill {
        LinkAnswer acquire(LinkRequest.Acquire request) throws InterruptedException;
    }

    /** What acquiring leads to. */
    void fills(Fill fill) {
        this.fill = fill;
    }

    /** What conditions and the rest are answered. */
    void answers(LinkAnswer answer) {
        this.other = answer;
    }

    <R extends LinkRequest> List<R> asked(Class<R> type) {
        return asked.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** How many acquisitions have ended. */
    int gone() {
        return gone.get();
    }

    @Override
    public LinkAnswer answer(LinkRequest request, Caller caller) throws InterruptedException {
        asked.add(request);
        if (request instanceof LinkRequest.Acquire acquire) {
            caller.whenGone(gone::incrementAndGet);
            return fill.acquire(acquire);
        }
        return switch (request) {
            case LinkRequest.Condition _, LinkRequest.Reach _ -> other;
            default -> new LinkAnswer.Noted();
        };
    }
}
