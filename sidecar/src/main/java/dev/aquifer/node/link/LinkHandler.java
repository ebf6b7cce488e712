package dev.aquifer.node.link;

/** Answers what the other process asks; called on a virtual thread of its own for each connection. */
@FunctionalInterface
public interface LinkHandler {
    /**
     * Answers one request, and may block.
     *
     * @throws InterruptedException when the asker has gone in the meantime: nobody waits for the answer
     */
    LinkAnswer answer(LinkRequest request, Caller caller) throws InterruptedException;
}
