package dev.aquifer.webhook.authority;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.InvalidCertificate.Problem;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.webhook.authority.Condition.Bad;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this replica's certificates right, together with the other replicas: the authority in its Secret, the trust
 * bundle in the labelled webhook configurations and in a ConfigMap for nodes, the leaf in memory. It compares everything
 * with how it should be at every tick and depends on no timer or watch, so a missed event or a jump of the clock costs
 * one tick.
 *
 * <p>Rights it needs: {@code create} on Secrets and ConfigMaps of its namespace, {@code get} and {@code update} on its one
 * of each; {@code list} and {@code patch} on MutatingWebhookConfigurations and ValidatingWebhookConfigurations.
 */
public final class Authority implements AutoCloseable {
    private static final Duration HURRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);

    private final Reconciler reconciler;
    private final Leaves leaves;
    private final AuthoritySettings settings;
    private final Clock clock;
    private final Thread thread;
    private volatile ServingState state = ServingState.STARTING;

    Authority(Reconciler reconciler, Leaves leaves, AuthoritySettings settings, Clock clock) {
        this.reconciler = reconciler;
        this.leaves = leaves;
        this.settings = settings;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("authority").unstarted(this::run);
    }

    /**
     * An authority on a cluster; {@link #start} it.
     *
     * @param objects what it keeps, in the namespace of the Service
     * @param consumer gets the first leaf soon after the start, and every further one
     */
    public static Authority on(
            KubernetesClient client,
            AuthorityObjects objects,
            ServedNames names,
            AuthoritySettings settings,
            Clock clock,
            LeafConsumer consumer) {
        var random = new SecureRandom();
        var store = new SecretStore(client, names.namespace(), objects.secret(), new AuthoritySecret(random));
        var leaves = new Leaves(names, settings);
        var reconciler = new Reconciler(
                new Custodian(store, settings, clock, random),
                new LabelledConfigurations(client, names),
                new BundleConfigMap(client, names.namespace(), objects.bundle()),
                leaves,
                clock,
                consumer);
        return new Authority(reconciler, leaves, settings, clock);
    }

    public void start() {
        thread.start();
    }

    /** Stops looking; what is served stays served. */
    @Override
    public void close() {
        thread.interrupt();
    }

    /** Good when the API server, configured as it was last seen, would accept what is served at this moment. */
    public Condition readiness() {
        var seen = state;
        // why there is no leaf yet is the better answer
        return seen.leaf() == null && !seen.custody().health().isGood()
                ? seen.custody().health()
                : Acceptance.of(seen.leaf(), seen.configurations(), clock.instant());
    }

    /** Good when the last look found or made everything as it should be; a bad one still serves what it has. */
    public Condition health() {
        return state.custody().health();
    }

    /**
     * Signs a leaf for a node agent or an origin, which are servers and clients both.
     *
     * @param key whose holder was proven
     * @param longest how long it may live; it lives no longer than a replica's own leaf would
     * @throws InvalidCertificate when nothing can be signed now
     */
    public X509Certificate sign(PublicKey key, LeafNames names, Duration longest) {
        var authority = state.custody().authority();
        if (authority == null) {
            throw new InvalidCertificate(Problem.NOT_YET_VALID, "Expected an authority to sign with, found none yet");
        }
        return leaves.sign(authority, key, names, longest, clock.instant());
    }

    /** When the served leaf expires; null before there is one. */
    public @Nullable Instant leafExpiry() {
        var leaf = state.leaf();
        return leaf == null ? null : leaf.notAfter();
    }

    /** When the signing authority expires; null before there is one. */
    public @Nullable Instant authorityExpiry() {
        var authority = state.custody().authority();
        return authority == null ? null : authority.state().current().notAfter();
    }

    /** One look, and all that follows from it. Never throws. */
    void tick() {
        var before = state;
        var after = reconciler.look(before);
        state = after;
        logChange(before.custody().health(), after.custody().health());
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                tick();
                Thread.sleep(pause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        var authority = state.custody().authority();
        var isChanging = authority == null || authority.state().isChanging();
        var isRestless = isChanging || !health().isGood() || !readiness().isGood();
        return isRestless && HURRY.compareTo(settings.tick()) < 0 ? HURRY : settings.tick();
    }

    private void logChange(Condition before, Condition after) {
        // a look that close() broke off says nothing
        if (after.equals(before) || thread.isInterrupted()) {
            return;
        }
        switch (after) {
            case Condition.Good good -> LOG.info("authority healthy");
            case Bad bad -> LOG.warn("authority unhealthy reason={} message=\"{}\"", bad.reason(), bad.message());
        }
    }
}
