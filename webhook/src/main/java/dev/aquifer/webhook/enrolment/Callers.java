package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.enrolment.Answer.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls, by his token. What the API server said of one counts for some minutes, so that callers who come every minute
 * cost it little; a refusal counts for nobody else and no longer. Blocks; a token never leaves it but to be reviewed.
 */
public final class Callers {
    /** As long as the API server itself believes a token whose pod has gone. */
    private static final Duration BELIEVED = Duration.ofMinutes(5);

    private static final int MOST = 8192;
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private final TokenReviewer tokens;
    private final Naming naming;
    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST;
        }
    };

    /** Whose token it is, and when that was found out. */
    private record Seen(Holder holder, long at) {}

    Callers(TokenReviewer tokens, Naming naming, LongSupplier nanoTime) {
        this.tokens = tokens;
        this.naming = naming;
        this.nanoTime = nanoTime;
    }

    /** Who he is, whatever was known of this token before. */
    Naming.Named review(String token) {
        try {
            return naming.of(tokens.review(token));
        } catch (RuntimeException e) {
            // its message could quote the request, and with it the token
            LOG.warn("token not reviewed cause={}", e.getClass().getSimpleName());
            return new Naming.Unknown(new Refused(
                    Refusal.UNAVAILABLE, "Expected the API server to check the token, found no answer; try again"));
        }
    }

    /** Who he is, as far as it was found out some minutes ago at the most. */
    public Naming.Named of(String token) {
        String digest = digest(token);
        Holder holder = believed(digest);
        if (holder != null) {
            return new Naming.Known(holder);
        }
        Naming.Named named = review(token);
        if (named instanceof Naming.Known(Holder known)) {
            synchronized (seen) {
                seen.put(digest, new Seen(known, nanoTime.getAsLong()));
            }
        }
        return named;
    }

    private @Nullable Holder believed(String digest) {
        synchronized (seen) {
            Seen before = seen.get(digest);
            if (before != null && nanoTime.getAsLong() - before.at > BELIEVED.toNanos()) {
                seen.remove(digest);
                return null;
            }
            return before == null ? null : before.holder;
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
