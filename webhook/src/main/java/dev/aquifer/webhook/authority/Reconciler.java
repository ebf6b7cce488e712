package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.Condition.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at everything and all that follows from it: read and rotate the authority, serve a leaf of it, publish its
 * bundle. What fails is said in the result, and the rest is done all the same. Used by one thread.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Custodian custodian;
    private final WebhookConfigurations configurations;
    private final Leaves leaves;
    private final Clock clock;
    private final LeafConsumer consumer;

    Reconciler(
            Custodian custodian,
            WebhookConfigurations configurations,
            Leaves leaves,
            Clock clock,
            LeafConsumer consumer) {
        this.custodian = custodian;
        this.configurations = configurations;
        this.leaves = leaves;
        this.clock = clock;
        this.consumer = consumer;
    }

    ServingState look(ServingState before) {
        return publish(serve(read(before)));
    }

    private ServingState read(ServingState before) {
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
        var result = served;
        for (var configuration : served.configurations()) {
            try {
                after.add(publish(configuration, bundle));
            } catch (RuntimeException e) {
                after.add(configuration);
                result = result.failing(Reason.API_SERVER, e);
            }
        }
        return result.seeing(after);
    }

    private WebhookConfiguration publish(WebhookConfiguration seen, TrustBundle bundle) {
        if (seen.entriesWithout(bundle).isEmpty()) {
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

    private static List<TrustBundle> shown(List<WebhookConfiguration> seen) {
        return seen.stream()
                .flatMap(configuration -> configuration.entries().stream())
                .map(WebhookEntry::bundle)
                .toList();
    }
}
