package dev.aquifer.webhook.binder.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TenureTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private long now;
    private boolean failing;
    private final TimedLock lock = new TimedLock(new SlowLock(), () -> now);
    private final Tenure tenure = new Tenure(lock, DEADLINE);

    @Test
    void endsWhenTheLeaseWasNotRenewedInTime() {
        pass(Duration.ofSeconds(9));
        assertThat(tenure.mayWrite()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(tenure.mayWrite()).isFalse();
    }

    @Test
    void countsFromTheBeginningOfARenewalNotFromItsAnswer() {
        pass(Duration.ofSeconds(100));
        renew(); // takes four seconds
        pass(Duration.ofSeconds(5));
        assertThat(tenure.mayWrite()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(tenure.mayWrite()).isFalse();
    }

    @Test
    void isNotProlongedByARenewalThatFails() {
        renew();
        pass(Duration.ofSeconds(5));
        failing = true;
        assertThatThrownBy(this::renew).isInstanceOf(KubernetesClientException.class);
        pass(Duration.ofSeconds(2));
        assertThat(tenure.mayWrite()).isFalse();
    }

    @Test
    void endsAtOnceWhenItIsEnded() {
        renew();
        tenure.end();
        assertThat(tenure.mayWrite()).isFalse();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @SuppressWarnings("NullAway") // the lock looks at neither
    private void renew() {
        lock.update(null, record());
    }

    private static LeaderElectionRecord record() {
        ZonedDateTime time = ZonedDateTime.parse("2026-01-01T00:00:00Z");
        return new LeaderElectionRecord("me", Duration.ofSeconds(15), time, time, 0);
    }

    /** Each of its writes takes four seconds. */
    private final class SlowLock implements Lock {
        @Override
        public LeaderElectionRecord get(@Nullable KubernetesClient client) {
            return record();
        }

        @Override
        public void create(@Nullable KubernetesClient client, LeaderElectionRecord election) {
            update(client, election);
        }

        @Override
        public void update(@Nullable KubernetesClient client, LeaderElectionRecord election) {
            pass(Duration.ofSeconds(4));
            if (failing) {
                throw new KubernetesClientException("no answer");
            }
        }

        @Override
        public String identity() {
            return "me";
        }

        @Override
        public String describe() {
            return "a lock";
        }
    }
}
