package dev.aquifer.node.report;

import dev.aquifer.node.retry.RetryPause;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the node's report: when something changed, and once a minute, so that a node that says nothing is known to be away. */
public final class Reporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final ReportSource source;
    private final ReportSink sink;
    private final Consumer<Map<String, String>> labels;
    private final InstantSource clock;
    private final RetryPause retry = new RetryPause(FIRST_RETRY, LONGEST_RETRY);
    private final Thread thread = Thread.ofPlatform().name("report").daemon().unstarted(this::run);
    private @Nullable NodeReport sent;
    private Instant sentAt = Instant.MIN;
    private String failure = "";

    /** @param labels gets those of this node, when a report has asked for them */
    public Reporter(ReportSource source, ReportSink sink, Consumer<Map<String, String>> labels, InstantSource clock) {
        this.source = source;
        this.sink = sink;
        this.labels = labels;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(look());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends a report if one is due.
     *
     * @return how long to wait before the next look
     */
    Duration look() throws InterruptedException {
        try {
            NodeReport now = source.make();
            NodeReport shape = now.withoutProgress();
            if (!shape.equals(sent) || !clock.instant().isBefore(sentAt.plus(EVERY))) {
                learn(sink.send(now.toJson()));
                sent = shape;
                sentAt = clock.instant();
            }
            retry.reset();
            failure = "";
            return LOOK;
        } catch (IOException | RuntimeException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private void learn(JsonObject answer) {
        JsonObject told = answer.getJsonObject("labels");
        if (told != null) {
            labels.accept(told.fieldNames().stream().collect(Collectors.toMap(key -> key, told::getString)));
        }
    }

    private Duration failed(String message) {
        if (!message.equals(failure)) {
            LOG.warn("event=report-not-sent error=\"{}\"", message);
        }
        failure = message;
        return retry.next();
    }
}
