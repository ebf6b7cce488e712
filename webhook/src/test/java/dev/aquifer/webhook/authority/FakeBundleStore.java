package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;

/** A published bundle in memory, with its compare-and-set. */
final class FakeBundleStore implements BundleStore {
    private PublishedBundle bundle = PublishedBundle.NONE;
    private int version;
    private boolean refused;

    @Override
    public PublishedBundle read() {
        return bundle;
    }

    @Override
    public PublishedBundle publish(PublishedBundle seen, TrustBundle next) {
        if (refused) {
            throw new IllegalStateException("the ConfigMap is forbidden");
        }
        if (seen.equals(bundle)) {
            setBack(next.pem());
        }
        return bundle.equals(seen) ? seen : bundle;
    }

    /** What somebody does who edits it. */
    void setBack(String pem) {
        bundle = new PublishedBundle(pem, Integer.toString(++version));
    }

    /** As if a right were missing. */
    void refuse(boolean now) {
        refused = now;
    }

    int writes() {
        return version;
    }
}
