package dev.aquifer.webhook.report;

import io.vertx.core.net.SocketAddress;
import java.util.List;

/** Where the replicas of admission are. */
@FunctionalInterface
interface Replicas {
    /**
     * Their addresses now.
     *
     * @throws ReportsUnavailable where nobody knows
     */
    List<SocketAddress> find() throws ReportsUnavailable;
}
