package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static final Refused UNKNOWN = new Refused("maps", Reason.NOT_GRANTED, "not granted");

    private static Granted granted(String owner, String name) {
        KnownVolume volume = new VolumeBuilder(owner, name)
                .claim(name + "-claim")
                .role("reader", VolumeBuilder.path("/", Access.ReadOnly))
                .build();
        return new Granted(volume, volume.spec().roles().getFirst());
    }

    @Test
    void bindsTheOwnersPodsToTheSourcesOwnClaim() {
        Bindings bindings = Bindings.of("data", List.of(granted("data", "ref")));

        assertThat(bindings.refused()).isEmpty();
        assertThat(bindings.bound()).singleElement().satisfies(injection -> {
            assertThat(injection.key()).isEqualTo("data/ref");
            assertThat(injection.claimName()).isEqualTo("ref-claim");
        });
    }

    @Test
    void saysWhereElseTheVolumeCanBeUsed() {
        Bindings bindings = Bindings.of("team", List.of(granted("data", "ref")));

        assertThat(bindings.bound()).isEmpty();
        assertThat(bindings.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NOT_BOUND);
            assertThat(refused.message()).contains("namespace \"team\"", "run the pod in namespace \"data\"");
        });
    }

    @Test
    void bindsAVolumeOnceAndRefusesTheSecondName() {
        Bindings bindings = Bindings.of("data", List.of(granted("data", "ref"), granted("data", "ref")));

        assertThat(bindings.bound()).hasSize(1);
        assertThat(bindings.refused()).extracting(Refused::reason).containsExactly(Reason.INVALID_ANNOTATION);
        assertThat(bindings.size()).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfTheResolutions() {
        List<Resolution> resolutions =
                List.of(granted("data", "b"), UNKNOWN, granted("data", "a"), granted("other", "c"));

        Bindings bindings = Bindings.of("data", resolutions);

        assertThat(bindings.bound()).extracting(Injection::key).containsExactly("data/b", "data/a");
        assertThat(bindings.refused()).extracting(Refused::volume).containsExactly("maps", "other/c");
    }
}
