package dev.aquifer.webhook.binder.requests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.Shortened;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people, in the namespace they look at, what happened to an object there. The same is said once an hour at most;
 * an Event that cannot be written is no reason to stop.
 */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;
    /** The longest note that the API takes, in bytes. */
    private static final int NOTE = 1024;

    /** The longest name (RFC 1123). */
    private static final int NAME = 253;

    /** The API takes no fewer and no more digits (meta/v1 MicroTime). */
    private static final DateTimeFormatter MICRO_TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private final Writer writer;
    private final String identity;
    private final Clock clock;
    private final RandomGenerator random;
    private final LatelySaid said = new LatelySaid(SILENCE, REMEMBERED);

    public Events(Writer writer, String identity, Clock clock, RandomGenerator random) {
        this.writer = writer;
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    public void warning(Subject subject, String action, String reason, String note) {
        Instant now = clock.instant();
        if (!said.isNews(subject, reason, note, now)) {
            return;
        }
        try {
            writer.create(Paths.events(subject.namespace()), event(subject, action, reason, note, now));
        } catch (ApiException e) {
            LOG.warn(
                    "event not written reason={} namespace={} cause=\"{}\"",
                    reason,
                    subject.namespace(),
                    e.getMessage());
        }
    }

    static String microTime(Instant time) {
        return MICRO_TIME.format(time);
    }

    /** The subject's name and a number, within what a name may be long: the subject's own may be as long already. */
    static String name(String subject, long number) {
        String end = "." + HexFormat.of().toHexDigits(number);
        int length = Math.min(subject.length(), NAME - end.length());
        while (!Character.isLetterOrDigit(subject.charAt(length - 1))) {
            length--;
        }
        return subject.substring(0, length) + end;
    }

    private ObjectNode event(Subject subject, String action, String reason, String note, Instant now) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("apiVersion", "events.k8s.io/v1").put("kind", "Event");
        event.putObject("metadata")
                .put("namespace", subject.namespace())
                .put("name", name(subject.name(), random.nextLong()));
        event.put("eventTime", microTime(now));
        event.put("reportingController", "aquifer.dev/binder").put("reportingInstance", identity);
        event.put("type", "Warning").put("action", action).put("reason", reason);
        event.put("note", Shortened.toBytes(note, NOTE));
        event.putObject("regarding")
                .put("apiVersion", subject.apiVersion())
                .put("kind", subject.kind())
                .put("namespace", subject.namespace())
                .put("name", subject.name())
                .put("uid", subject.uid());
        return event;
    }
}
