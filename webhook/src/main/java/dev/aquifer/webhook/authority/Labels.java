package dev.aquifer.webhook.authority;

/** The labels that say what this package may write to. */
final class Labels {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "aquifer";

    /** On the Secret: whether it is ours, so that we may replace it when it cannot be used, or issued by another. */
    static final String AUTHORITY = "aquifer.dev/authority";

    /** The value of a Secret that another makes and renews. */
    static final String ISSUED = "issued";

    /** On a webhook configuration: whether its caBundle fields are ours to write, or another's. */
    static final String INJECT_CA = "aquifer.dev/inject-ca";

    static final String YES = "true";
    static final String NO = "false";

    private Labels() {}
}
