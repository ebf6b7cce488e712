package dev.aquifer.node.identity;

import dev.aquifer.node.retry.RetryPause;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a valid certificate of ours and the authorities whom we trust, whatever happens to clocks, timers and the webhook: a
 * thread looks at both every few seconds. What is in use is replaced only by what was checked.
 */
public final class Identity implements TlsContexts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private record InUse(Credential credential, Authorities authorities, SSLContext context) {}

    private final Path authoritiesFile;
    private final Enrolment enrolment;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final RetryPause retry = new RetryPause(FIRST_RETRY, LONGEST_RETRY);
    private final CountDownLatch first = new CountDownLatch(1);
    private final Thread keeper = Thread.ofPlatform().name("identity").daemon().unstarted(this::keep);

    private volatile @Nullable InUse inUse;
    /** Why the last look failed; empty if it did not. */
    private volatile String failure =
            "Expected a certificate of ours, found none yet; the webhook was not asked before";

    Identity(Path authoritiesFile, Enrolment enrolment, InstantSource clock) {
        this.authoritiesFile = authoritiesFile;
        this.enrolment = enrolment;
        this.clock = clock;
    }

    /**
     * An identity by way of the webhook.
     *
     * @param webhook such as {@code https://aquifer-webhook.aquifer-system.svc}
     * @param authorities file with the authorities' certificates as PEM, read again when it changes
     * @param token file of the projected service-account token
     */
    public static Identity of(URI webhook, Path authorities, Path token) {
        return new Identity(authorities, new WebhookEnrolment(webhook, token), InstantSource.system());
    }

    /** Begins to ask for a certificate, and to keep it valid. */
    public void start() {
        keeper.start();
    }

    @Override
    public SSLContext context() throws IdentityException {
        var now = inUse;
        var why = failure;
        if (now == null
                || (!why.isEmpty() && !clock.instant().isBefore(now.credential().notAfter()))) {
            throw new IdentityException(why);
        }
        return now.context();
    }

    /** Waits for the first certificate. */
    public void await() throws InterruptedException {
        first.await();
    }

    /** When our certificate expires, or null while there is none. */
    public @Nullable Instant notAfter() {
        var now = inUse;
        return now == null ? null : now.credential().notAfter();
    }

    @Override
    public void close() {
        keeper.interrupt();
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(look());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Looks once at everything and does what is due.
     *
     * @return how long to wait before the next look
     */
    Duration look() throws InterruptedException {
        try {
            var authorities = authorities();
            var now = inUse;
            boolean isTrusted = now != null && now.credential().isSignedBy(authorities, clock.instant());
            if (now != null && isTrusted && !now.authorities().equals(authorities)) {
                // whatever becomes of a renewal: others may have certificates of the new one already
                use(now.credential(), authorities);
            }
            // also when the authority that signed it is trusted no more: then nobody else trusts it either
            if (now == null || !isTrusted || RenewalRule.isDue(now.credential().leaf(), clock.instant())) {
                renew(authorities);
            }
            retry.reset();
            failure = "";
            return LOOK;
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    /** As the file has them; while it cannot be read, those in use go on. */
    private Authorities authorities() throws IOException {
        try {
            return Authorities.read(authoritiesFile);
        } catch (IdentityException e) {
            var now = inUse;
            if (now == null) {
                throw e;
            }
            LOG.warn("event=authorities-unreadable message=\"{}\"", e.getMessage());
            return now.authorities();
        }
    }

    private void renew(Authorities authorities) throws IOException, InterruptedException {
        var key = OwnKey.generate(random);
        var credential = new Credential(key, enrolment.enrol(key.request(), authorities));
        if (!credential.isSignedBy(authorities, clock.instant())) {
            throw new IdentityException(
                    "Expected a certificate of an authority in %s that is valid now, found another; check the clock, and that the ConfigMap is up to date"
                            .formatted(authoritiesFile));
        }
        use(credential, authorities);
        LOG.info("event=certificate name={} notAfter={}", credential.name(), credential.notAfter());
    }

    private void use(Credential credential, Authorities authorities) throws IdentityException {
        var before = inUse;
        inUse = new InUse(credential, authorities, credential.context(authorities));
        first.countDown();
        if (before != null && !before.authorities().equals(authorities)) {
            LOG.info("event=authorities count={}", authorities.certificates().size());
        }
    }

    private Duration failed(Exception cause) {
        var message = String.valueOf(cause.getMessage());
        if (!message.equals(failure)) {
            LOG.warn("event=no-certificate message=\"{}\"", message, cause);
        }
        failure = message;
        return retry.next();
    }
}
