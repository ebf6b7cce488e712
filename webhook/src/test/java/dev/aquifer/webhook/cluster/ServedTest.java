package dev.aquifer.webhook.cluster;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.labels;
import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which grants count where namespaces are served by their names. */
final class ServedTest {
    private static final Served SERVED = new Served(Set.of("owner", "tenant"));
    private static final KnownVolume VOLUME = new VolumeBuilder("owner", "ref")
            .claim("data")
            .role("reader", path("/", Access.ReadOnly))
            .grant("owner", "reader")
            .grant("tenant", "reader")
            .grant("elsewhere", "reader")
            .grant(new NamespaceSet(null, labels("team", "red")), null, "reader")
            .build();

    @Test
    void allGrantsCountWhereLabelsAreKnown() {
        assertThat(Served.ALL.seen("owner", VOLUME.spec())).isEqualTo(VOLUME.spec());
    }

    @Test
    void anOwnersClaimServesItsOwnNamespaceAlone() {
        assertThat(granted(VOLUME.spec(), "owner")).isTrue();
        assertThat(granted(VOLUME.spec(), "tenant")).isFalse();
    }

    @Test
    void aGrantByLabelsNamesNobody() {
        KnownVolume byLabel = new VolumeBuilder("owner", "ref")
                .role("reader", path("/", Access.ReadOnly))
                .grant(new NamespaceSet(null, labels("team", "red")), null, "reader")
                .build();
        assertThat(granted(byLabel.spec(), "owner")).isFalse();
    }

    @Test
    void anAdministratorsVolumeServesTheNamespaceOfItsClaimAlone() {
        SharedVolumeSpec spec = of(new Source.PersistentVolume("pv", new Source.ClaimRef("tenant", "data")), null);
        assertThat(granted(spec, "tenant")).isTrue();
        assertThat(granted(spec, "owner")).isFalse();
    }

    @Test
    void aNamespaceThatIsNotServedGetsNothing() {
        assertThat(granted(
                        of(new Source.PersistentVolume("pv", new Source.ClaimRef("elsewhere", "data")), null),
                        "elsewhere"))
                .isFalse();
    }

    @Test
    void whatTakesPairsServesNobody() {
        assertThat(granted(of(new Source.PersistentVolume("pv", null), null), "owner"))
                .isFalse();
        assertThat(granted(of(null, true), "owner")).isFalse();
    }

    private static boolean granted(SharedVolumeSpec spec, String namespace) {
        SharedVolumeSpec seen = SERVED.seen("owner", spec);
        return !NamespaceGrants.of(new KnownVolume("owner", "ref", "uid", 1, seen))
                .roles(namespace, Map.of("team", "red"))
                .isEmpty();
    }

    /** @param volume null for the owner's claim */
    private static SharedVolumeSpec of(Source.@Nullable PersistentVolume volume, @Nullable Boolean guarded) {
        SharedVolumeSpec spec = VOLUME.spec();
        Source source = volume == null ? spec.source() : new Source(null, volume, null, null, null, null, null, null);
        return new SharedVolumeSpec(
                source,
                spec.mountPath(),
                null,
                spec.roles(),
                null,
                List.copyOf(spec.access()),
                null,
                null,
                guarded,
                null,
                null,
                null,
                null);
    }
}
