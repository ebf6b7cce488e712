package dev.aquifer.webhook.cluster;

import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Builds WebSockets with a {@link Pulse}. */
final class PulsedSocketBuilder implements WebSocket.Builder {
    private final WebSocket.Builder plain;
    private final UnaryOperator<WebSocket.Listener> pulse;

    PulsedSocketBuilder(WebSocket.Builder plain, UnaryOperator<WebSocket.Listener> pulse) {
        this.plain = plain;
        this.pulse = pulse;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
        plain.header(name, value);
        return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(Duration timeout) {
        plain.connectTimeout(timeout);
        return this;
    }

    @Override
    public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
        plain.subprotocols(mostPreferred, lesserPreferred);
        return this;
    }

    @Override
    public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
        return plain.buildAsync(uri, pulse.apply(listener));
    }
}
