package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for no answer that stops behind its head, as where the API server's machine is lost at this moment: the time limit
 * of a request ends with the head. An answer may take as long as parts of it come, and a watch over plain HTTP may be silent.
 */
final class StalledAnswers implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(StalledAnswers.class);
    private static final Pattern WATCH = Pattern.compile("[?&]watch=true");

    private final Duration patience;

    /** @param patience for the next part of an answer */
    StalledAnswers(Duration patience) {
        this.patience = patience;
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        return WATCH.matcher(request.uri().toString()).find()
                ? consumer
                : new Parts(consumer, request.uri().getPath());
    }

    @Override
    public void after(
            HttpRequest request, HttpResponse<?> response, AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
        // a WebSocket has neither
        Parts parts = consumer == null ? null : consumer.unwrap(Parts.class);
        if (parts != null && response.body() instanceof AsyncBody body) {
            parts.begin(body);
        }
    }

    private final class Parts implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private final String path;
        private volatile long last;

        Parts(AsyncBody.Consumer<List<ByteBuffer>> consumer, String path) {
            this.consumer = consumer;
            this.path = path;
        }

        @Override
        public void consume(List<ByteBuffer> parts, AsyncBody body) throws Exception {
            last = System.nanoTime();
            consumer.consume(parts, body);
        }

        void begin(AsyncBody body) {
            last = System.nanoTime();
            await(body, patience);
        }

        /** The timer goes with the body's end. */
        private void await(AsyncBody body, Duration time) {
            var _ = body.done()
                    .copy()
                    .orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete((done, failure) -> {
                        if (failure instanceof TimeoutException) {
                            look(body);
                        }
                    });
        }

        private void look(AsyncBody body) {
            Duration left = patience.minusNanos(System.nanoTime() - last);
            if (left.isPositive()) {
                await(body, left);
                return;
            }
            LOG.warn("answer stalled path={} seconds={}", path, patience.toSeconds());
            // whoever waits goes on in this thread, and the timer's is everybody's
            Thread.startVirtualThread(() -> {
                body.done()
                        .completeExceptionally(
                                new IOException("Expected the rest of the API server's answer within %s, found none"
                                        .formatted(patience)));
                body.cancel();
            });
        }
    }
}
