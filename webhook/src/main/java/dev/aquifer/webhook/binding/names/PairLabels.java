package dev.aquifer.webhook.binding.names;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of a pair's objects say. They are worth something only together with the object's name, whose hash
 * is made of the same: labels alone can be written by anyone who may edit a claim.
 */
public record PairLabels(String volumeUid, String tenant, PairMode mode, int revision) {
    /** The label that a list of all objects of the binder selects by, and its value. */
    public static final String MANAGED_BY = "aquifer.dev/managed-by";

    public static final String BINDER = "binder";

    /** The UID of the SharedVolume. */
    public static final String VOLUME_UID = "aquifer.dev/shared-volume-uid";

    /** Kubernetes' own label of that kind, and its value. */
    public static final String KUBERNETES_MANAGED_BY = "app.kubernetes.io/managed-by";

    public static final String AQUIFER = "aquifer";

    /** The namespace that the pair is for. */
    public static final String TENANT = "aquifer.dev/tenant";

    public static final String MODE = "aquifer.dev/mode";
    public static final String REVISION = "aquifer.dev/revision";

    /** Reads them; null when they are not those of a pair. */
    public static @Nullable PairLabels read(Map<String, String> labels) {
        String volumeUid = labels.get(VOLUME_UID);
        String tenant = labels.get(TENANT);
        PairMode mode = PairMode.parse(labels.get(MODE));
        int revision = number(labels.get(REVISION));
        boolean ours = BINDER.equals(labels.get(MANAGED_BY));
        return ours && volumeUid != null && tenant != null && mode != null && revision >= 0
                ? new PairLabels(volumeUid, tenant, mode, revision)
                : null;
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(text) : -1;
    }

    /** All labels of the object, in the same order for all. */
    public Map<String, String> asMap() {
        Map<String, String> all = new TreeMap<>();
        all.put(KUBERNETES_MANAGED_BY, AQUIFER);
        all.put(MANAGED_BY, BINDER);
        all.put(VOLUME_UID, volumeUid);
        all.put(TENANT, tenant);
        all.put(MODE, mode.text());
        all.put(REVISION, Integer.toString(revision));
        return all;
    }
}
