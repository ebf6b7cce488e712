package dev.aquifer.webhook.admission;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs requests that got an HTTP error: of each reason at most one a second, with how many were left out before it, so that a
 * flood of them fills no disk. Nothing of a body or a header is said. Safe for any thread.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(1);
    private static final int LONGEST_PATH = 80;
    /** What could end the line or the value, or move a terminal's cursor. */
    private static final Pattern UNSEEMLY = Pattern.compile("[^!-~]");

    private final LongSupplier nanoTime;
    private final Map<HttpRefusal, Line> last = new EnumMap<>(HttpRefusal.class);

    private record Line(long at, long leftOutSince) {}

    /** @param nanoTime as {@link System#nanoTime} */
    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param path as the request has it; null when it has none */
    void refused(HttpRefusal refusal, @Nullable String path) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        long leftOut = leftOutBefore(refusal);
        if (leftOut >= 0) {
            LOG.info(
                    "refused reason={} status={} path={} leftOut={}",
                    refusal.label(),
                    refusal.status(),
                    seemly(path == null ? "" : path),
                    leftOut);
        }
    }

    /** How many were left out since the last line; negative when this one is, too. */
    private synchronized long leftOutBefore(HttpRefusal refusal) {
        long now = nanoTime.getAsLong();
        Line line = last.get(refusal);
        if (line != null && now - line.at() < SILENCE) {
            last.put(refusal, new Line(line.at(), line.leftOutSince() + 1));
            return -1;
        }
        last.put(refusal, new Line(now, 0));
        return line == null ? 0 : line.leftOutSince();
    }

    private static String seemly(String path) {
        String start = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
        return UNSEEMLY.matcher(start).replaceAll("?");
    }
}
