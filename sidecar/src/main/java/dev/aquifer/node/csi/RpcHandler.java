package dev.aquifer.node.csi;

import java.time.Duration;

/** What one method does; it may block. */
@FunctionalInterface
interface RpcHandler<Q, A> {
    /**
     * Answers one request.
     *
     * @param left the time until the caller gives up; {@link Rpc#FOREVER} if it never does
     * @throws InterruptedException once nobody waits for the answer any more
     */
    A answer(Q request, Duration left) throws CsiException, InterruptedException;
}
