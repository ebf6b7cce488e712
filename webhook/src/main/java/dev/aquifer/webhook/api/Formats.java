package dev.aquifer.webhook.api;

/**
 * The regular expressions (RE2) and lengths of the API's strings. Every string has a bound: the API server refuses
 * rules whose cost it cannot estimate.
 */
final class Formats {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /** RFC 1123 label: the names of namespaces and roles. */
    static final String DNS_LABEL = "^" + LABEL + "$";

    static final int DNS_LABEL_LENGTH = 63;

    /** RFC 1123 subdomain: the names of most objects. */
    static final String DNS_SUBDOMAIN = "^" + LABEL + "(\\." + LABEL + ")*$";

    static final int DNS_SUBDOMAIN_LENGTH = 253;

    /** The key of a Kubernetes label, with or without a prefix. */
    static final String LABEL_KEY =
            "^(" + LABEL + "(\\." + LABEL + ")*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    static final int LABEL_KEY_LENGTH = 317;

    static final String LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

    static final int LABEL_VALUE_LENGTH = 63;

    static final String SERVICE_ACCOUNT = "^(\\*|" + LABEL + "(\\." + LABEL + ")*)$";

    /** What no file name here may hold: separators, colons (kubelet refuses them in mount paths), control characters. */
    private static final String NOT = "/:\\x00-\\x1f\\x7f";

    /** A file name that is neither {@code .} nor {@code ..}. */
    private static final String SEGMENT = "(\\.{0,2}[^." + NOT + "][^" + NOT + "]*|\\.{3}[^" + NOT + "]*)";

    private static final String RELATIVE = SEGMENT + "(/" + SEGMENT + ")*";

    /** {@code a/b}: no slash at either end, no empty, {@code .} or {@code ..} segment. */
    static final String RELATIVE_PATH = "^" + RELATIVE + "$";

    /** As {@link #RELATIVE_PATH}, or {@code /} alone for the root of the volume. */
    static final String ROLE_PATH = "^(/|" + RELATIVE + ")$";

    /** {@code /a/b}, with the same care for segments, or {@code /} alone. */
    static final String ABSOLUTE_PATH = "^/(" + RELATIVE + ")?$";

    /** Most containers cannot live without these, and what lies there decides what they run and whom they trust. */
    static final String NO_SYSTEM_DIRECTORY =
            "!self.matches('^/(bin|boot|dev|etc|lib[^/]*|proc|run|sbin|sys|usr|var/run)(/|$)')"
                    + " && self != '/' && self != '/var'";

    static final int PATH_LENGTH = 256;

    /** A host name, an IPv4 or an IPv6 address. */
    static final String HOST = "^[A-Za-z0-9:\\[]([-A-Za-z0-9.:]*[A-Za-z0-9:\\]])?$";

    /** A Kubernetes quantity in its suffix form. */
    static final String QUANTITY = "^[0-9]+(\\.[0-9]+)?(k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$";

    static final String MORE_THAN_NOTHING = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))";

    static final int QUANTITY_LENGTH = 32;

    /** A Go duration of hours, minutes and seconds. */
    static final String DURATION = "^([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?$";

    static final int DURATION_LENGTH = 24;

    /** A sensitivity, perhaps up to another, and perhaps categories. */
    static final String SELINUX_LEVEL = "self.matches('^s[0-9]{1,2}(-s[0-9]{1,2})?(:c[0-9]{1,4}([,.]c[0-9]{1,4})*)?$')";

    static final int SELINUX_LEVEL_LENGTH = 128;

    private Formats() {}
}
