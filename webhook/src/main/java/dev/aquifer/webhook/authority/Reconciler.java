package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.Condition.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything and all that follows from it: read and rotate the authority, serve a leaf of it, publish its
 * bundle to API servers and to nodes. What fails is said in the result, and the rest is done all the same. Used by one thread.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Custodian custodian;
    private final WebhookConfigurations configurations;
    private final BundleStore bundles;
    private final Leaves leaves;
    private final Clock clock;
    private final LeafConsumer consumer;

    Reconciler(
            Custodian custodian,
            WebhookConfigurations configurations,
            BundleStore bundles,
            Leaves leaves,
            Clock clock,
            LeafConsumer consumer) {
        this.custodian = custodian;
        this.configurations = configurations;
        this.bundles = bundles;
        this.leaves = leaves;
        this.clock = clock;
        this.consumer = consumer;
    }

    ServingState look(ServingState before) {
        return publish(serve(read(before)));
    }

    private ServingState read(ServingState before) {
        try {
            // what is shown first: it is then never newer than the authority read after it
            var seen = configurations.list();
            var published = bundles.read();
            return new ServingState(before.leaf(), seen, published, custodian.attend(shown(seen, published)));
        } catch (RuntimeException e) {
            var unknown = new Custody(custodian.known(), false, before.custody().health());
            return new ServingState(before.leaf(), before.configurations(), before.published(), unknown)
                    .failing(Reason.API_SERVER, e);
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
        var result = served;
        for (var configuration : served.configurations()) {
            try {
                after.add(publish(configuration, bundle));
            } catch (RuntimeException e) {
                after.add(configuration);
                result = result.failing(Reason.API_SERVER, e);
            }
        }
        return publishForNodes(result.seeing(after), bundle);
    }

    private ServingState publishForNodes(ServingState served, TrustBundle bundle) {
        if (served.published().is(bundle)) {
            return served;
        }
        try {
            var after = bundles.publish(served.published(), bundle);
            if (after.is(bundle)) {
                LOG.info(
                        "bundle published for nodes trusted={}",
                        bundle.authorities().size());
            }
            return served.seeing(after);
        } catch (RuntimeException e) {
            return served.failing(Reason.API_SERVER, e);
        }
    }

    private WebhookConfiguration publish(WebhookConfiguration seen, TrustBundle bundle) {
        if (!seen.ours() || seen.entriesWithout(bundle).isEmpty()) {
            return seen;
        }
        var after = configurations.publish(seen, bundle);
        if (after.entriesWithout(bundle).isEmpty()) {
            LOG.info(
                    "bundle published kind={} name={} trusted={}",
                    after.kind(),
                    after.name(),
                    bundle.authorities().size());
        }
        return after;
    }

    private static List<TrustBundle> shown(List<WebhookConfiguration> seen, PublishedBundle published) {
        return Stream.concat(
                        seen.stream()
                                .flatMap(configuration -> configuration.entries().stream())
                                .map(WebhookEntry::bundle),
                        Stream.of(published.bundle()))
                .toList();
    }
}
