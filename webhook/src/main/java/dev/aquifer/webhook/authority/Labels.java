package dev.aquifer.webhook.authority;

/** The labels that say what this package may write to. */
final class Labels {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "aquifer";

    /** On the Secret: made by us, so that we may replace it when it cannot be used. */
    static final String AUTHORITY = "aquifer.dev/authority";

    /** On a webhook configuration: its caBundle fields are ours to write. */
    static final String INJECT_CA = "aquifer.dev/inject-ca";

    static final String YES = "true";

    private Labels() {}
}
