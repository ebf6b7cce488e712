package dev.aquifer.webhook.origin;

import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.paths.CachedPaths;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The origin of one dataset, as it should be.
 *
 * @param excluded the paths that snapshots leave out
 * @param keySha256 of the key without which it serves nobody, in hexadecimal
 * @param authorities whom it trusts, as PEM
 * @param node the node on which it must run; null for any
 */
public record Origin(
        KnownVolume volume,
        Dataset dataset,
        List<String> excluded,
        String keySha256,
        String authorities,
        @Nullable String node,
        OriginSettings settings) {
    /** The label that selects the pods of one origin. */
    public static final String LABEL = "aquifer.dev/origin";

    private static final CacheSpec DEFAULTS = new CacheSpec(null, null, null, null, null, null, null, null, null);

    public Origin {
        excluded = List.copyOf(excluded);
    }

    /** The origin of a volume's dataset. */
    public static Origin of(
            KnownVolume volume,
            Dataset dataset,
            String keySha256,
            String authorities,
            @Nullable String node,
            OriginSettings settings) {
        return new Origin(
                volume, dataset, CachedPaths.of(volume.spec()).written(), keySha256, authorities, node, settings);
    }

    String name() {
        return dataset.origin();
    }

    String namespace() {
        return dataset.owner();
    }

    CacheSpec cache() {
        return Objects.requireNonNullElse(volume.spec().cache(), DEFAULTS);
    }

    /** On all its objects; the first two by which the binder knows them again. */
    Map<String, String> labels() {
        return labels(volume.uid(), name());
    }

    static Map<String, String> labels(String volumeUid, String origin) {
        return Map.of(
                PairLabels.MANAGED_BY,
                PairLabels.BINDER,
                PairLabels.VOLUME_UID,
                volumeUid,
                PairLabels.KUBERNETES_MANAGED_BY,
                PairLabels.AQUIFER,
                "app.kubernetes.io/name",
                "aquifer-origin",
                LABEL,
                origin);
    }

    /** What its pods are selected by. */
    Map<String, String> selector() {
        return Map.of(LABEL, name());
    }
}
