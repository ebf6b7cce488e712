package dev.aquifer.webhook.binder.election;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.util.function.LongSupplier;

/**
 * A lock that remembers when its last successful write began: from that moment on nobody else may take it, for as long
 * as the lease lasts. The elector itself does not notice its deadline while a request hangs.
 */
final class TimedLock implements Lock {
    private final Lock lock;
    private final LongSupplier nanoTime;
    private volatile long written;

    TimedLock(Lock lock, LongSupplier nanoTime) {
        this.lock = lock;
        this.nanoTime = nanoTime;
        this.written = nanoTime.getAsLong();
    }

    long nanosSinceWritten() {
        return nanoTime.getAsLong() - written;
    }

    @Override
    public LeaderElectionRecord get(KubernetesClient client) {
        return lock.get(client);
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord election) {
        long begun = nanoTime.getAsLong();
        lock.create(client, election);
        written = begun;
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord election) {
        long begun = nanoTime.getAsLong();
        lock.update(client, election);
        written = begun;
    }

    @Override
    public String identity() {
        return lock.identity();
    }

    @Override
    public String describe() {
        return lock.describe();
    }
}
