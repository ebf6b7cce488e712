package dev.aquifer.webhook.entitlement;

import java.util.Map;

/** The label of a Namespace by which an administrator has it served: its pods are looked at, and claims are made in it. */
public final class ServedLabel {
    public static final String KEY = "aquifer.dev/inject";
    public static final String VALUE = "enabled";
    /** Selects the namespaces that have it. */
    public static final String SELECTOR = KEY + "=" + VALUE;

    private ServedLabel() {}

    /** Whether a namespace with these labels has it. */
    public static boolean isIn(Map<String, String> labels) {
        return VALUE.equals(labels.get(KEY));
    }
}
