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
import dev.aquifer.webhook.rest.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
    private final Set<String> asked = new HashSet<>();
    private int counts;
    private boolean failing;

    private final LeftOut leftOut = new LeftOut(
            volumes -> {
                counts++;
                asked.addAll(volumes);
                if (failing) {
                    throw new ApiException(500, "no time");
                }
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

    @Test
    void saysWhatWasCountedBeforeWhereACountFailsAndTriesAgainAfterFiveMinutes() {
        without.put("owner/ref", 3);
        leftOut.look(selecting, READY);
        lookAfter(Duration.ofSeconds(5), selecting);
        failing = true;
        looksToCome.clear();
        assertThat(lookAfter(Duration.ofHours(1), selecting)).isNotNull();
        assertThat(lookAfter(Duration.ofMinutes(4), selecting)).isNotNull();
        assertThat(counts).isEqualTo(2);
        assertThat(looksToCome).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(1));

        failing = false;
        without.clear();
        assertThat(lookAfter(Duration.ofMinutes(1), selecting)).isNull();
        assertThat(counts).isEqualTo(3);
    }

    @Test
    void saysNothingWhereTheFirstCountFails() {
        failing = true;
        without.put("owner/ref", 3);
        leftOut.look(selecting, READY);
        assertThat(lookAfter(Duration.ofSeconds(5), selecting)).isNull();
        failing = false;
        assertThat(lookAfter(Duration.ofMinutes(5), selecting)).isNotNull();
    }

    @Test
    void countsForTheVolumesOnlyWhoseDirectoriesAreThere() {
        leftOut.look(selecting, READY);
        leftOut.look(other, MAKING);
        lookAfter(Duration.ofSeconds(5), selecting);
        assertThat(asked).containsExactly("owner/ref");
    }

    @Test
    void waitsForNoCountThatAnotherVolumeHasMade() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        List<String> looked = new CopyOnWriteArrayList<>();
        LeftOut slow = new LeftOut(
                volumes -> {
                    begun.countDown();
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Map.of();
                },
                () -> now,
                (uid, delay) -> looked.add(uid));
        slow.look(selecting, READY);
        slow.look(other, READY);
        now += Duration.ofSeconds(5).toNanos();
        Thread counter = Thread.ofVirtual().start(() -> slow.look(selecting, READY));
        begun.await();
        looked.clear();
        assertThat(slow.look(other, READY)).isNull();
        assertThat(looked).containsExactly(other.uid());
        end.countDown();
        counter.join();
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
