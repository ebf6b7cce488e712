package dev.aquifer.webhook.entitlement;

/** The forms that Kubernetes allows for names (RFC 1123), looked at one character at a time whatever their length. */
final class DnsName {
    private static final int LABEL_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;

    private DnsName() {}

    /** Whether a namespace or a role may be called so. */
    static boolean isLabel(String name) {
        return name.length() <= LABEL_LENGTH && isLabel(name, 0, name.length());
    }

    /** Whether most objects may be called so: labels, with dots between them. */
    static boolean isSubdomain(String name) {
        if (name.length() > SUBDOMAIN_LENGTH) {
            return false;
        }
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(name, start, name.length());
    }

    private static boolean isLabel(String name, int start, int end) {
        if (start == end || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
    }
}
