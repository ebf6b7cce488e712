package dev.aquifer.webhook.binder.pods;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.labels;
import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binding.plan.RevokePolicy.Keep;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.paths.PathsState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private static final PathsState READY = new PathsState(Set.of(), PathsState.Truth.True, "Present", "there", false);
    private static final PathsState MAKING =
            new PathsState(Set.of(), PathsState.Truth.Unknown, "Making", "a Job makes them", false);

    private final Shared selecting = shared("ref", true);
    private final Shared other = shared("other", true);
    private final Map<String, Integer> without = new HashMap<>();
    private final List<Duration> looksToCome = new ArrayList<>();
    private long now = Duration.ofDays(-3).toNanos();
    private int counts;

    private final LeftOut leftOut = new LeftOut(
            () -> {
                counts++;
                return Map.copyOf(without);
            },
            () -> now,
            (uid, delay) -> looksToCome.add(delay));

    @Test
    void countsOnceAdmissionKnowsOfTheDirectories() {
        without.put("owner/ref", 3);
        assertThat(leftOut.look(selecting, READY)).isNull();
        assertThat(counts).isZero();
        assertThat(looksToCome).containsExactly(Duration.ofSeconds(5));

        VolumeCondition condition = lookAfter(Duration.ofSeconds(5), selecting);
        assertThat(condition).isNotNull().satisfies(said -> {
            assertThat(said.holds()).isFalse();
            assertThat(said.message()).startsWith("3 pods");
        });
    }

    @Test
    void doesNotCountAgainWhereNobodyIsLeftOut() {
        leftOut.look(selecting, READY);
        assertThat(lookAfter(Duration.ofSeconds(5), selecting)).isNull();
        looksToCome.clear();
        lookAfter(Duration.ofDays(1), selecting);
        assertThat(counts).isOne();
        assertThat(looksToCome).isEmpty();
    }

    @Test
    void countsOnceAnHourWhileSomebodyIsLeftOut() {
        without.put("owner/ref", 1);
        leftOut.look(selecting, READY);
        lookAfter(Duration.ofSeconds(5), selecting);
        assertThat(lookAfter(Duration.ofMinutes(59), selecting)).isNotNull();
        assertThat(counts).isOne();

        without.clear();
        assertThat(lookAfter(Duration.ofMinutes(1), selecting)).isNull();
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void waitsFiveMinutesBetweenTheCountsOfManyVolumes() {
        leftOut.look(selecting, READY);
        lookAfter(Duration.ofSeconds(5), selecting);
        leftOut.look(other, READY);
        without.put("owner/other", 1);
        assertThat(lookAfter(Duration.ofMinutes(4), other)).isNull();
        assertThat(counts).isOne();

        assertThat(lookAfter(Duration.ofMinutes(1), other)).isNotNull();
        assertThat(counts).isEqualTo(2);
    }

    @Test
    void countsAgainWhenDirectoriesWereMissingOnceMore() {
        leftOut.look(selecting, READY);
        lookAfter(Duration.ofSeconds(5), selecting);
        without.put("owner/ref", 2);
        leftOut.look(selecting, MAKING);
        leftOut.look(selecting, READY);
        assertThat(lookAfter(Duration.ofMinutes(5), selecting)).isNotNull();
    }

    @Test
    void countsForNobodyWhoseRolesSelectNoPods() {
        without.put("owner/ref", 1);
        Shared asked = shared("ref", false);
        leftOut.look(asked, READY);
        assertThat(lookAfter(Duration.ofHours(2), asked)).isNull();
        assertThat(counts).isZero();
    }

    private @Nullable VolumeCondition lookAfter(Duration time, Shared shared) {
        now += time.toNanos();
        return leftOut.look(shared, READY);
    }

    private static Shared shared(String name, boolean selecting) {
        VolumeBuilder builder = new VolumeBuilder("owner", name);
        KnownVolume volume = (selecting
                        ? builder.role("reader", labels("app", "a"), path("/", Access.ReadOnly))
                        : builder.role("reader", path("/", Access.ReadOnly)))
                .build();
        return new Shared(
                "owner", name, volume.uid(), 1, false, List.of(), new Keep(), volume, SharedVolumeStatus.NONE);
    }
}
