package dev.aquifer.webhook.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a server, up to a limit. Beyond it, the address that has the most of them loses its oldest: an
 * address that opens them without end takes no other's.
 */
public final class Connections implements Handler<HttpConnection> {
    private final int most;
    private final Map<String, LinkedHashSet<HttpConnection>> byAddress = new HashMap<>();
    private int open;

    /** @param most how many may be open at one moment */
    public Connections(int most) {
        this.most = most;
    }

    @Override
    public void handle(HttpConnection connection) {
        String address = connection.remoteAddress().hostAddress();
        HttpConnection tooMany = add(address, connection);
        connection.closeHandler(closed -> remove(address, connection));
        if (tooMany != null) {
            tooMany.close();
        }
    }

    /** How many are open now. */
    public synchronized int open() {
        return open;
    }

    /** The connection that has to go for this one, if any. */
    private synchronized @Nullable HttpConnection add(String address, HttpConnection connection) {
        byAddress.computeIfAbsent(address, first -> new LinkedHashSet<>()).add(connection);
        open++;
        return open <= most
                ? null
                : byAddress.values().stream()
                        .max(Comparator.comparingInt(Collection::size))
                        .orElseThrow()
                        .getFirst();
    }

    private synchronized void remove(String address, HttpConnection connection) {
        LinkedHashSet<HttpConnection> ofAddress = byAddress.get(address);
        if (ofAddress == null || !ofAddress.remove(connection)) {
            return;
        }
        open--;
        if (ofAddress.isEmpty()) {
            byAddress.remove(address);
        }
    }
}
