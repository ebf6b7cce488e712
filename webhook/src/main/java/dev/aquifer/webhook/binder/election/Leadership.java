package dev.aquifer.webhook.binder.election;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands for the lease again and again, and has work going on from when it is won to when it is lost. Two leaders at
 * once do no harm, since every write is safe by itself; this keeps them from working against each other.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final LeaseSettings settings;
    private final Function<Tenure, AutoCloseable> work;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Tenure tenure;
    private @Nullable AutoCloseable working;
    private @Nullable CompletableFuture<?> standing;
    private boolean closed;

    /**
     * Begins with {@link #start}.
     *
     * @param work begins what a leader does; what it returns ends that, and waits until nothing is written any more
     */
    public Leadership(KubernetesClient client, LeaseSettings settings, Function<Tenure, AutoCloseable> work) {
        this.client = client;
        this.settings = settings;
        this.work = work;
    }

    public synchronized void start() {
        TimedLock lock = new TimedLock(
                new LeaseLock(settings.namespace(), settings.name(), settings.identity()), System::nanoTime);
        standing = new LeaderElector(
                        client,
                        new LeaderElectionConfigBuilder()
                                .withName(settings.name())
                                .withLock(lock)
                                .withLeaseDuration(settings.duration())
                                .withRenewDeadline(settings.renewDeadline())
                                .withRetryPeriod(settings.retry())
                                .withReleaseOnCancel(true)
                                .withLeaderCallbacks(new LeaderCallbacks(
                                        () -> won(new Tenure(lock, settings.renewDeadline())),
                                        this::lost,
                                        leader -> {}))
                                .build(),
                        executor)
                .start();
        var _ = standing.whenCompleteAsync((done, failure) -> standAgain(), executor);
    }

    public synchronized boolean leads() {
        return tenure != null && tenure.mayWrite();
    }

    /** Ends the work first and gives the lease away then, so that the next leader need not wait for it to run out. */
    @Override
    public void close() {
        CompletableFuture<?> election;
        synchronized (this) {
            closed = true;
            election = standing;
        }
        lost();
        if (election != null) {
            election.cancel(true);
        }
        executor.close();
    }

    private synchronized void won(Tenure won) {
        if (closed) {
            return;
        }
        LOG.info("leading lease={} identity={}", settings.name(), settings.identity());
        tenure = won;
        working = work.apply(won);
    }

    private synchronized void lost() {
        if (tenure == null || working == null) {
            return;
        }
        tenure.end();
        try {
            working.close();
        } catch (Exception e) {
            LOG.warn("failed to end what a leader does cause=\"{}\"", e.getMessage());
        }
        tenure = null;
        working = null;
        LOG.info("no longer leading lease={} identity={}", settings.name(), settings.identity());
    }

    private void standAgain() {
        lost();
        synchronized (this) {
            if (!closed) {
                start();
            }
        }
    }
}
