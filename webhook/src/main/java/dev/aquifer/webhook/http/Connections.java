package dev.aquifer.webhook.http;

import io.netty.channel.Channel;
import io.vertx.core.transport.Transport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a program's servers, from the moment that they are accepted, up to a limit. Beyond it, the
 * address that has the most of them loses its oldest: an address that opens them without end takes no other's.
 */
public final class Connections {
    /** API servers, node agents, kubelet and Prometheus need a few each; a megabyte of heap holds about 80. */
    private static final int MOST = 1000;

    private final int most;
    private final Map<String, LinkedHashSet<Channel>> byAddress = new HashMap<>();
    private int open;

    public Connections() {
        this(MOST);
    }

    /** @param most how many may be open at one moment */
    public Connections(int most) {
        this.most = most;
    }

    /** For the Vertx whose servers' connections are to be counted here. */
    public Transport transport() {
        return new CountingTransport(this);
    }

    /** How many are open now. */
    public synchronized int open() {
        return open;
    }

    /** The connection that has to go for this one, if any; it counts no more. */
    synchronized @Nullable Channel add(String address, Channel connection) {
        byAddress.computeIfAbsent(address, first -> new LinkedHashSet<>()).add(connection);
        open++;
        if (open <= most) {
            return null;
        }
        Map.Entry<String, LinkedHashSet<Channel>> greediest = byAddress.entrySet().stream()
                .max(Comparator.comparingInt(ofAddress -> ofAddress.getValue().size()))
                .orElseThrow();
        Channel oldest = greediest.getValue().getFirst();
        remove(greediest.getKey(), oldest);
        return oldest;
    }

    synchronized void remove(String address, Channel connection) {
        LinkedHashSet<Channel> ofAddress = byAddress.get(address);
        if (ofAddress == null || !ofAddress.remove(connection)) {
            return;
        }
        open--;
        if (ofAddress.isEmpty()) {
            byAddress.remove(address);
        }
    }
}
