package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.known.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AttentionTest {
    private final Interests interests = new Interests();
    private final List<String> looked = new ArrayList<>();
    private final Attention attention =
            new Attention(interests, new Written(() -> 0), () -> Set.of("a", "b"), looked::add);

    @Test
    void changesBeforeEverythingWasListedAreNoNews() {
        interests.set("a", Set.of("volume v"));

        attention.ofVolume("a");
        attention.of("volume v");
        attention.ofAll();

        assertThat(looked).isEmpty();
        assertThat(attention.hasBegun()).isFalse();
    }

    @Test
    void everythingIsLookedAtOnceItWasListed() {
        attention.begin();

        assertThat(looked).containsExactlyInAnyOrder("a", "b");
        assertThat(attention.hasBegun()).isTrue();
    }

    @Test
    void aChangeConcernsTheVolumesThatLookedAtIt() {
        attention.begin();
        looked.clear();
        interests.set("a", Set.of("volume v"));
        interests.set("b", Set.of("volume w"));

        attention.of("volume v");

        assertThat(looked).containsExactly("a");
    }

    @Test
    void whatEveryPlanLooksAtConcernsAll() {
        attention.begin();
        looked.clear();

        attention.ofAll();

        assertThat(looked).containsExactlyInAnyOrder("a", "b");
    }
}
