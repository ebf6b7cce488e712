package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through which claim a pod comes by a volume; the golden cases show what becomes of it. */
class BindingsTest {
    private static final Refused UNKNOWN = new Refused("maps", Reason.NOT_GRANTED, "not granted");

    private static Granted granted(String owner, String name) {
        return granted(owner, name, Access.ReadOnly);
    }

    private static Granted granted(String owner, String name, Access access) {
        KnownVolume volume = new VolumeBuilder(owner, name)
                .claim(name + "-claim")
                .role("reader", VolumeBuilder.path("/", access))
                .build();
        return new Granted(volume, volume.spec().roles().getFirst());
    }

    private static Bindings bind(String namespace, List<? extends Resolution> resolutions) {
        ObjectNode json = Case.JSON.createObjectNode();
        json.putObject("spec");
        Pod pod = Case.parsed(json);
        return Bindings.of(namespace, new PlaceFinder(pod, new Targets(null)), List.copyOf(resolutions));
    }

    @Test
    void bindsTheOwnersPodsToTheSourcesOwnClaim() {
        Bindings bindings = bind("data", List.of(granted("data", "ref")));

        assertThat(bindings.refused()).isEmpty();
        assertThat(bindings.bound()).singleElement().satisfies(injection -> {
            assertThat(injection.key()).isEqualTo("data/ref");
            assertThat(injection.claims().direct()).isEqualTo("ref-claim");
            assertThat(Claims.reserved(injection.claims().direct())).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"ReadOnly, READ_ONLY", "ReadWrite, READ_WRITE"})
    void bindsOtherPodsToTheirNamespacesPairInTheModeOfTheRole(Access access, PairMode mode) {
        Bindings bindings = bind("team", List.of(granted("data", "ref", access)));

        assertThat(bindings.bound()).singleElement().satisfies(injection -> {
            assertThat(injection.claims().direct())
                    .isEqualTo(new PairIdentity("data", "ref", "uid-data-ref", "team", mode).name(0));
            assertThat(Claims.reserved(injection.claims().direct())).isTrue();
        });
    }

    @Test
    void refusesASourceThatIsAPairItself() {
        KnownVolume volume = new VolumeBuilder("team", "again")
                .claim("aquifer-ro-data-ref-abcdefghijklmnop")
                .role("all", VolumeBuilder.path("/", Access.ReadWrite))
                .build();

        Bindings bindings =
                bind("team", List.of(new Granted(volume, volume.spec().roles().getFirst())));

        assertThat(bindings.bound()).isEmpty();
        assertThat(bindings.refused()).extracting(Refused::reason).containsExactly(Reason.NOT_BOUND);
    }

    @Test
    void bindsAVolumeOnceAndRefusesTheSecondName() {
        Bindings bindings = bind("data", List.of(granted("data", "ref"), granted("data", "ref")));

        assertThat(bindings.bound()).hasSize(1);
        assertThat(bindings.refused()).extracting(Refused::reason).containsExactly(Reason.INVALID_ANNOTATION);
        assertThat(bindings.size()).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfTheResolutions() {
        List<Resolution> resolutions =
                List.of(granted("data", "b"), UNKNOWN, granted("data", "a"), granted("other", "c"));

        Bindings bindings = bind("data", resolutions);

        assertThat(bindings.bound()).extracting(Injection::key).containsExactly("data/b", "data/a", "other/c");
        assertThat(bindings.refused()).extracting(Refused::volume).containsExactly("maps");
    }
}
