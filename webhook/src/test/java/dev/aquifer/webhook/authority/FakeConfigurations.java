package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.WebhookConfiguration.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two labelled configurations in memory, mutating and validating, with their compare-and-set. */
final class FakeConfigurations implements WebhookConfigurations {
    private final List<WebhookConfiguration> all = new ArrayList<>();
    private @Nullable Kind refused;
    private boolean ours = true;
    private int version;
    private int writes;
    private Runnable afterList = () -> {};

    FakeConfigurations() {
        reset();
    }

    @Override
    public List<WebhookConfiguration> list() {
        var found = List.copyOf(all);
        afterList.run();
        return found;
    }

    @Override
    public WebhookConfiguration publish(WebhookConfiguration configuration, TrustBundle bundle) {
        if (configuration.kind() == refused) {
            throw new IllegalStateException(refused + " is forbidden");
        }
        var index = all.indexOf(configuration);
        if (index < 0) {
            return configuration;
        }
        var entries = configuration.entries().stream()
                .map(entry -> new WebhookEntry(entry.index(), entry.host(), bundle.pem()))
                .toList();
        all.set(index, configuration(configuration.kind(), entries));
        writes++;
        return all.get(index);
    }

    /** As a fresh installation leaves them: nothing trusted. */
    void reset() {
        setBack("");
    }

    /** What a deployment tool does that wrote these bundles once. */
    void setBack(String bundlePem) {
        all.clear();
        for (var kind : Kind.values()) {
            all.add(configuration(kind, List.of(new WebhookEntry(0, Fixtures.HOST, bundlePem))));
        }
    }

    /** Another writes these bundles, and has written this one. */
    void giveAway(String bundlePem) {
        ours = false;
        setBack(bundlePem);
    }

    void removeAll() {
        all.clear();
    }

    /** As if a right were missing. */
    void refuse(Kind kind) {
        refused = kind;
    }

    /** What others do between a look and what follows from it. */
    void afterList(Runnable action) {
        afterList = action;
    }

    List<String> bundles() {
        return all.stream()
                .flatMap(configuration -> configuration.entries().stream())
                .map(WebhookEntry::bundlePem)
                .toList();
    }

    int writes() {
        return writes;
    }

    private WebhookConfiguration configuration(Kind kind, List<WebhookEntry> entries) {
        return new WebhookConfiguration(kind, "aquifer", ours, Integer.toString(++version), entries);
    }
}
