package dev.aquifer.webhook.authority;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.certs.TrustBundle;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One replica of a simulated installation: its clock is off by a constant, and it may lose the API server. */
final class Replica {
    private final Authority authority;
    private boolean partitioned;
    private boolean busy;
    private @Nullable IssuedCertificate served;

    Replica(Clock clock, Duration skew, FakeStore store, FakeConfigurations configurations, FakeBundleStore bundles) {
        var own = Clock.offset(clock, skew);
        var leaves = new Leaves(Fixtures.NAMES, Fixtures.SETTINGS);
        var reconciler = new Reconciler(
                new Custodian(new LossyStore(store), Fixtures.SETTINGS, own, Fixtures.RANDOM),
                new LossyConfigurations(configurations),
                new LossyBundles(bundles),
                leaves,
                own,
                leaf -> served = leaf);
        authority = new Authority(reconciler, leaves, Fixtures.SETTINGS, own);
    }

    /** Does nothing when it is in the middle of a tick already. */
    void tick() {
        if (busy) {
            return;
        }
        busy = true;
        authority.tick();
        busy = false;
    }

    void partition(boolean now) {
        partitioned = now;
    }

    boolean isReady() {
        return authority.readiness().isGood();
    }

    @Nullable IssuedCertificate served() {
        return served;
    }

    private void connect() {
        if (partitioned) {
            throw new IllegalStateException("no route to the API server");
        }
    }

    private final class LossyStore implements AuthorityStore {
        private final FakeStore store;

        LossyStore(FakeStore store) {
            this.store = store;
        }

        @Override
        public StoredAuthority read() {
            connect();
            return store.read();
        }

        @Override
        public boolean create(AuthorityState state) {
            connect();
            return store.create(state);
        }

        @Override
        public boolean replace(AuthorityState state, String version) {
            connect();
            return store.replace(state, version);
        }
    }

    private final class LossyBundles implements BundleStore {
        private final FakeBundleStore bundles;

        LossyBundles(FakeBundleStore bundles) {
            this.bundles = bundles;
        }

        @Override
        public PublishedBundle read() {
            connect();
            return bundles.read();
        }

        @Override
        public PublishedBundle publish(PublishedBundle seen, TrustBundle bundle) {
            connect();
            return bundles.publish(seen, bundle);
        }
    }

    private final class LossyConfigurations implements WebhookConfigurations {
        private final FakeConfigurations configurations;

        LossyConfigurations(FakeConfigurations configurations) {
            this.configurations = configurations;
        }

        @Override
        public List<WebhookConfiguration> list() {
            connect();
            return configurations.list();
        }

        @Override
        public WebhookConfiguration publish(WebhookConfiguration configuration, TrustBundle bundle) {
            connect();
            return configurations.publish(configuration, bundle);
        }
    }
}
