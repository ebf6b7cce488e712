package dev.aquifer.webhook.binder.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers what was said of which object, so that nothing is said again too soon. Safe for any thread. */
final class LatelySaid {
    private final Duration silence;
    private final Map<Said, Instant> said;

    private record Said(Subject subject, String reason, String note) {}

    /**
     * Remembers nothing at first.
     *
     * @param silence how long it is too soon
     * @param most so much is remembered, and the oldest forgotten
     */
    LatelySaid(Duration silence, int most) {
        this.silence = silence;
        said = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Said, Instant> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether it is to be said now, and if so, remembers it. */
    synchronized boolean isNews(Subject subject, String reason, String note, Instant now) {
        Said what = new Said(subject, reason, note);
        Instant last = said.get(what);
        if (last != null && last.plus(silence).isAfter(now)) {
            return false;
        }
        said.put(what, now);
        return true;
    }
}
