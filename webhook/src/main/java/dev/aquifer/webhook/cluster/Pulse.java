package dev.aquifer.webhook.cluster;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feels whether the other end of a WebSocket is still there: pings it (RFC 6455 section 5.5.2), and breaks the connection
 * off when nothing at all has come for too long. The listener then learns of it as of any other broken connection.
 */
final class Pulse implements WebSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final WebSocket.Listener listener;
    private final PulseRate rate;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long lastSign;
    private volatile @Nullable ScheduledFuture<?> beats;

    /** @param nanoTime as {@link System#nanoTime} */
    Pulse(WebSocket.Listener listener, PulseRate rate, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.listener = listener;
        this.rate = rate;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    @Override
    public void onOpen(WebSocket socket) {
        sign();
        long every = rate.every().toNanos();
        beats = timer.scheduleWithFixedDelay(() -> beat(socket), every, every, TimeUnit.NANOSECONDS);
        listener.onOpen(socket);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        sign();
        return listener.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        sign();
        return listener.onBinary(socket, data, last);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        sign();
        return listener.onPing(socket, message);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        sign();
        return listener.onPong(socket, message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        end();
        return listener.onClose(socket, statusCode, reason);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        if (end()) {
            listener.onError(socket, error);
        }
    }

    /** Looks once. */
    void beat(WebSocket socket) {
        if (socket.isInputClosed()) {
            end();
            return;
        }
        var silence = Duration.ofNanos(nanoTime.getAsLong() - lastSign);
        if (silence.compareTo(rate.longestSilence()) > 0) {
            LOG.warn("watch silent seconds={}", silence.toSeconds());
            socket.abort();
            onError(
                    socket,
                    new IOException("Expected a sign of life from the API server within %s, found none; connecting anew"
                            .formatted(rate.longestSilence())));
        } else if (!socket.isOutputClosed()) {
            var _ = socket.sendPing(ByteBuffer.allocate(0));
        }
    }

    private void sign() {
        lastSign = nanoTime.getAsLong();
    }

    /** Whether it had not ended before. */
    private boolean end() {
        var present = beats;
        if (present != null) {
            present.cancel(false);
        }
        return ended.compareAndSet(false, true);
    }
}
