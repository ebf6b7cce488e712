package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this replica's certificates right, together with the other replicas: the authority in its Secret, the trust
 * bundle in the labelled webhook configurations, the leaf in memory. It compares everything with how it should be at
 * every tick and depends on no timer or watch, so a missed event or a jump of the clock costs one tick.
 *
 * <p>Rights it needs: {@code create} on Secrets of its namespace, {@code get} and {@code update} on its one Secret;
 * {@code list} and {@code patch} on MutatingWebhookConfigurations and ValidatingWebhookConfigurations.
 */
public final class Authority implements AutoCloseable {
    private static final Duration HURRY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Authority.class);

    private final Custodian custodian;
    private final WebhookConfigurations configurations;
    private final Leaves leaves;
    private final AuthoritySettings settings;
    private final Clock clock;
    private final LeafConsumer consumer;
    private final Thread thread;
    private volatile ServingState state = ServingState.STARTING;

    Authority(
            Custodian custodian,
            WebhookConfigurations configurations,
            Leaves leaves,
            AuthoritySettings settings,
            Clock clock,
            LeafConsumer consumer) {
        this.custodian = custodian;
        this.configurations = configurations;
        this.leaves = leaves;
        this.settings = settings;
        this.clock = clock;
        this.consumer = consumer;
        this.thread = Thread.ofVirtual().name("authority").unstarted(this::run);
    }

    /**
     * An authority on a cluster; {@link #start} it.
     *
     * @param secretName of the authority's Secret, in the namespace of the Service
     * @param consumer gets the first leaf soon after the start, and every further one
     */
    public static Authority on(
            KubernetesClient client,
            String secretName,
            ServedNames names,
            AuthoritySettings settings,
            Clock clock,
            LeafConsumer consumer) {
        var random = new SecureRandom();
        var store = new SecretStore(client, names.namespace(), secretName, new AuthoritySecret(random));
        return new Authority(
                new Custodian(store, settings, clock, random),
                new LabelledConfigurations(client, names),
                new Leaves(names, settings),
                settings,
                clock,
                consumer);
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
        return Acceptance.of(state.leaf(), state.configurations(), clock.instant());
    }

    /** Good when the last look found or made everything as it should be; a bad one still serves what it has. */
    public Condition health() {
        return state.custody().health();
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
        var after = publish(serve(look(before)));
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

    private ServingState look(ServingState before) {
        try {
            // the configurations first: what they show is then never newer than the authority read after them
            var seen = configurations.list();
            return new ServingState(before.leaf(), seen, custodian.attend(shown(seen)));
        } catch (RuntimeException e) {
            var unknown = new Custody(custodian.known(), false, before.custody().health());
            return new ServingState(before.leaf(), before.configurations(), unknown).failing(Reason.API_SERVER, e);
        }
    }

    private ServingState serve(ServingState looked) {
        var authority = looked.custody().authority();
        if (authority == null) {
            return looked;
        }
        try {
            var next = leaves.replacement(looked.leaf(), authority, clock.instant());
            if (next == null) {
                return looked;
            }
            consumer.accept(next);
            LOG.info(
                    "leaf changed serial={} notAfter={} signer=\"{}\"",
                    next.leaf().getSerialNumber().toString(16),
                    next.notAfter(),
                    next.leaf().getIssuerX500Principal());
            return looked.serving(next);
        } catch (RuntimeException e) {
            return looked.failing(Reason.NO_LEAF, e);
        }
    }

    private ServingState publish(ServingState served) {
        var authority = served.custody().authority();
        if (authority == null || !served.custody().isFresh()) {
            return served;
        }
        var bundle = authority.state().bundle();
        var after = new ArrayList<WebhookConfiguration>();
        try {
            for (var configuration : served.configurations()) {
                var isRight = configuration.entriesWithout(bundle).isEmpty();
                after.add(isRight ? configuration : configurations.publish(configuration, bundle));
            }
            return served.seeing(after);
        } catch (RuntimeException e) {
            return served.failing(Reason.API_SERVER, e);
        }
    }

    private static List<TrustBundle> shown(List<WebhookConfiguration> seen) {
        return seen.stream()
                .flatMap(configuration -> configuration.entries().stream())
                .map(WebhookEntry::bundle)
                .toList();
    }

    private static void logChange(Condition before, Condition after) {
        if (after.equals(before)) {
            return;
        }
        switch (after) {
            case Condition.Good good -> LOG.info("authority healthy");
            case Bad bad -> LOG.warn("authority unhealthy reason={} message=\"{}\"", bad.reason(), bad.message());
        }
    }
}
