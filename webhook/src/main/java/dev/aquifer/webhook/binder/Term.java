package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.caching.Caching;
import dev.aquifer.webhook.binder.caching.NodeAgents;
import dev.aquifer.webhook.binder.directories.DirectoriesKeeper;
import dev.aquifer.webhook.binder.election.LeaseSettings;
import dev.aquifer.webhook.binder.election.Tenure;
import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.known.KnownCluster;
import dev.aquifer.webhook.binder.known.LiveCheck;
import dev.aquifer.webhook.binder.known.Written;
import dev.aquifer.webhook.binder.pace.Backoff;
import dev.aquifer.webhook.binder.pace.KeyedQueue;
import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binder.pairs.Applier;
import dev.aquifer.webhook.binder.pods.Evictor;
import dev.aquifer.webhook.binder.pods.LeftOut;
import dev.aquifer.webhook.binder.pods.Successions;
import dev.aquifer.webhook.binder.requests.Events;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.rest.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What a leader does, from its first list to its last write. It begins anew with each lease, so nothing in it is old. */
final class Term implements AutoCloseable {
    private static final int VOLUMES_AT_ONCE = 4;
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final Duration FIRST_RAISE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RAISE = Duration.ofMinutes(5);
    private static final Duration LISTED_CHECK = Duration.ofMillis(50);
    private static final Duration SAMPLE = Duration.ofSeconds(1);
    private static final Duration LIST = Duration.ofSeconds(1);
    private static final Duration LISTED = Duration.ofSeconds(15);
    private static final Duration LOOKED_AT = Duration.ofSeconds(45);

    private final KnownCluster cluster;
    private final Attention attention;
    private final KeyedQueue queue;
    private final Caching caching;
    private final BinderMetrics metrics;
    private final LookTimes times;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("term").factory());

    Term(
            KubernetesClient client,
            LeaseSettings lease,
            BindingSettings settings,
            Tenure tenure,
            MeterRegistry registry) {
        Clock clock = Clock.systemUTC();
        NodeAgents nodes = settings.agents();
        String agents = nodes == null ? null : nodes.origins().namespace();
        Served served = settings.served();
        HandleRules rules = settings.rules();
        Interests interests = new Interests();
        Written written = new Written(System::nanoTime);
        attention = new Attention(interests, written, this::volumes, this::now);
        cluster = new KnownCluster(client, served, settings.acceptedByAdmin(), rules, agents, attention);
        metrics = new BinderMetrics(registry, cluster);
        times = new LookTimes(registry);
        ApiServer api = new ApiServer(client);
        Writer writer = new Writer(api, tenure::mayWrite);
        Events events = new Events(writer, lease.identity(), clock, new SecureRandom());
        caching = new Caching(api, writer, lease.namespace(), nodes, cluster, this::now, this::later);
        Reconciler reconciler = new Reconciler(
                cluster,
                written,
                new Planner(
                        cluster,
                        rules,
                        interests,
                        new RaisePace(backoff(FIRST_RAISE, LONGEST_RAISE), System::nanoTime),
                        clock,
                        this::later),
                new LiveCheck(api, cluster),
                new Finalizers(writer),
                new PairsKeeper(
                        new Successions(api, served, this::later),
                        new Applier(api, writer, cluster, written, settings.mode(), events),
                        interests,
                        new Evictor(
                                api, writer, new Writer(ApiServer.impatient(client), tenure::mayWrite), events, clock),
                        this::later),
                new Upkeep(
                        new DirectoriesKeeper(api, writer, settings.jobs(), this::later),
                        caching,
                        new LeftOut(ApiServer.impatient(client), served, this::later)),
                new StatusReporter(new StatusWriter(writer, clock), events),
                this::later);
        queue = new KeyedQueue(
                uid -> times.time(() -> reconciler.reconcile(uid)),
                VOLUMES_AT_ONCE,
                backoff(FIRST_RETRY, LONGEST_RETRY));
    }

    private static Backoff backoff(Duration first, Duration longest) {
        return new Backoff(first, longest, () -> ThreadLocalRandom.current().nextDouble());
    }

    void start() {
        cluster.start();
        metrics.start();
        var _ = timer.scheduleAtFixedRate(cluster::sample, SAMPLE.toMillis(), SAMPLE.toMillis(), TimeUnit.MILLISECONDS);
        awaitLists();
    }

    /** Whether everything was listed, so that decisions are made. */
    boolean isWorking() {
        return attention.hasBegun();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        caching.close();
        queue.close();
        cluster.close();
        metrics.close();
        times.close();
    }

    private void awaitLists() {
        if (!cluster.isListed()) {
            var _ = timer.schedule(this::awaitLists, LISTED_CHECK.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        attention.begin();
        caching.start();
        var _ = timer.scheduleWithFixedDelay(caching::flush, LIST.toMillis(), LIST.toMillis(), TimeUnit.MILLISECONDS);
        // memory that lists took on their way in, and the first look at everything: in a quiet cluster nothing else
        // would ever give it back
        for (Duration settled : List.of(LISTED, LOOKED_AT)) {
            var _ = timer.schedule(System::gc, settled.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Set<String> volumes() {
        return cluster.volumeUids();
    }

    private void now(String uid) {
        queue.add(uid);
    }

    private void later(String uid, Duration delay) {
        queue.addAfter(uid, delay);
    }
}
