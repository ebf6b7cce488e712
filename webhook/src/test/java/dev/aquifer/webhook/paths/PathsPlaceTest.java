package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.DirectoriesSpec;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathsPlaceTest {
    private static final Set<String> BEFORE = Set.of("/v1", "results");

    @Test
    void whatWasFoundInAnotherPlaceIsNotKnown() {
        String place = PathsPlace.of(spec(claim("data", "v1"), null));

        assertThat(PathsPlace.stillReady(spec(claim("data", "v1"), null), BEFORE, place))
                .isEqualTo(BEFORE);
        assertThat(PathsPlace.stillReady(spec(claim("data", "v2"), null), BEFORE, place))
                .isEmpty();
        assertThat(PathsPlace.stillReady(spec(claim("data", null), null), BEFORE, place))
                .isEmpty();
        assertThat(PathsPlace.stillReady(spec(claim("other", "v1"), null), BEFORE, place))
                .isEmpty();
    }

    /** An owner who takes his word back has them looked for. */
    @Test
    void theOwnersWordIsNoPlaceThatWasLookedAt() {
        SharedVolumeSpec byHand = spec(claim("data", "v1"), new DirectoriesSpec(false, null, null));

        assertThat(PathsPlace.stillReady(spec(claim("data", "v1"), null), BEFORE, PathsPlace.of(byHand)))
                .isEmpty();
    }

    @Test
    void theOrderOfAttributesIsNothing() {
        Map<String, String> other = new LinkedHashMap<>();
        other.put("b", "2");
        other.put("a", "1");

        assertThat(PathsPlace.of(spec(csi(new TreeMap<>(other)), null)))
                .isEqualTo(PathsPlace.of(spec(csi(other), null)));
    }

    private static Source claim(String name, @Nullable String subdirectory) {
        return new Source(new Source.PersistentVolumeClaim(name), null, null, null, null, null, null, subdirectory);
    }

    private static Source csi(Map<String, String> attributes) {
        return new Source(
                null, null, null, null, null, null, new Source.Csi("driver", "handle", attributes, null), null);
    }

    private static SharedVolumeSpec spec(Source source, @Nullable DirectoriesSpec directories) {
        return new SharedVolumeSpec(
                source, "/ref", null, List.of(), null, null, null, null, null, null, null, directories, null);
    }
}
