package dev.aquifer.webhook.authority;

import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.TrustBundle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trust bundle as it stands where its readers find it.
 *
 * @param pem what they trust; empty when nothing
 * @param version for compare-and-set; null when it was never published
 */
record PublishedBundle(String pem, @Nullable String version) {
    static final PublishedBundle NONE = new PublishedBundle("", null);

    boolean is(TrustBundle bundle) {
        return pem.equals(bundle.pem());
    }

    TrustBundle bundle() {
        return parse(pem);
    }

    /** What is trusted by who reads this text; nothing when it cannot be read, as its readers would then trust nothing. */
    static TrustBundle parse(String pem) {
        if (pem.isBlank()) {
            return new TrustBundle(List.of());
        }
        try {
            return TrustBundle.read(pem);
        } catch (InvalidCertificate e) {
            return new TrustBundle(List.of());
        }
    }
}
