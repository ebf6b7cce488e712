package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of room and eviction, driven by chance against a model that counts files one by one. */
final class BookkeepingTest {
    private static final long BLOCK = 4096;
    private static final Quota QUOTA = new Quota(new Usage(100 * BLOCK, 60), 90, 70);
    private static final FreeSpaceFloor FLOOR = new FreeSpaceFloor(10 * BLOCK);
    private static final Space ROOMY = new Space(new Usage(1L << 40, 1L << 30), new Usage(1L << 40, 1L << 30));

    @Nested
    class ByChance {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void theCacheNeverPassesItsQuotaAndNeverLosesWhatIsInUse(long seed) {
            Model model = new Model(new Random(seed));
            for (int step = 0; step < 2_000; step++) {
                model.step();
            }
            assertThat(model.fills).isPositive();
            assertThat(model.evictions).isPositive();
            assertThat(model.refusals).isPositive();
        }
    }

    @Nested
    class EachRule {
        @Test
        void aDatasetLargerThanTheQuotaIsRefusedWithBothNumbersAtOnce() {
            assertThat(rule().decide(new Usage(101 * BLOCK, 1), Usage.NONE, ROOMY, true))
                    .isInstanceOfSatisfying(
                            Admission.TooLarge.class,
                            large -> assertThat(large.message()).contains("404 KiB", "400 KiB", "readPath: Direct"));
        }

        @Test
        void inodesCountLikeBytes() {
            assertThat(rule().decide(new Usage(BLOCK, 61), Usage.NONE, ROOMY, true))
                    .isInstanceOf(Admission.TooLarge.class);
            assertThat(rule().decide(new Usage(BLOCK, 20), new Usage(BLOCK, 50), ROOMY, false))
                    .isInstanceOf(Admission.NoRoom.class);
        }

        @Test
        void aboveTheHighMarkWhatIsUnusedGoesAndWithoutItTheLimitCounts() {
            Usage used = new Usage(85 * BLOCK, 10);
            Usage need = new Usage(10 * BLOCK, 1);
            assertThat(rule().decide(need, used, ROOMY, true)).isInstanceOf(Admission.MakeRoom.class);
            assertThat(rule().decide(need, used, ROOMY, false)).isInstanceOf(Admission.Admitted.class);
            assertThat(rule().roomEnough(need, new Usage(61 * BLOCK, 10), ROOMY))
                    .isFalse();
            assertThat(rule().roomEnough(need, new Usage(60 * BLOCK, 10), ROOMY))
                    .isTrue();
        }

        @Test
        void fifteenPercentOfTheDiskAndTenOfItsInodesStayFree() {
            Usage total = new Usage(1000 * BLOCK, 1000);
            Usage need = new Usage(10 * BLOCK, 10);
            assertThat(rule().decide(need, Usage.NONE, new Space(new Usage(160 * BLOCK, 110), total), false))
                    .isInstanceOf(Admission.Admitted.class);
            assertThat(rule().decide(need, Usage.NONE, new Space(new Usage(159 * BLOCK, 110), total), false))
                    .isInstanceOf(Admission.NoRoom.class);
            assertThat(rule().decide(need, Usage.NONE, new Space(new Usage(160 * BLOCK, 109), total), true))
                    .isInstanceOf(Admission.MakeRoom.class);
        }

        @Test
        void aFileSystemThatMakesInodesAsNeededIsNeverShortOfThem() {
            Space space = new Space(new Usage(1L << 40, 0), new Usage(1L << 40, 0));
            assertThat(FLOOR.allows(new Usage(BLOCK, 1_000_000), space)).isTrue();
        }

        private AdmissionRule rule() {
            return new AdmissionRule(QUOTA, FLOOR);
        }
    }

    /** Snapshots that share files; a file takes a block as long as one snapshot has it. */
    private static final class Model {
        private record Held(DatasetId dataset, SnapshotId snapshot, Set<Integer> files) {}

        private final Random random;
        private final AdmissionRule rule = new AdmissionRule(QUOTA, FLOOR);
        private final Map<SnapshotId, Held> held = new HashMap<>();
        private final Map<SnapshotId, Instant> mounted = new HashMap<>();
        private final Set<SnapshotId> inUse = new HashSet<>();
        private long clock;
        private int fills;
        private int evictions;
        private int refusals;

        Model(Random random) {
            this.random = random;
        }

        void step() {
            clock++;
            switch (random.nextInt(4)) {
                case 0, 1 -> fill();
                case 2 -> mount();
                default -> unmount();
            }
            assertThat(used().fitsIn(QUOTA.limit())).as("within the quota").isTrue();
            assertThat(held.keySet()).as("what is in use is there").containsAll(inUse);
        }

        private void fill() {
            DatasetId dataset = new DatasetId("%032x".formatted(random.nextInt(6)));
            Set<Integer> files = new HashSet<>();
            int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 120 : 30);
            int from = random.nextInt(20);
            for (int i = 0; i < count; i++) {
                files.add(Integer.parseInt(dataset.value(), 16) * 1000 + from + i);
            }
            Set<DatasetId> filling = Set.of(dataset);
            Usage need = need(files);
            boolean evictable = true;
            while (true) {
                switch (rule.decide(need, used(), ROOMY, evictable)) {
                    case Admission.Admitted _ -> {
                        add(new Held(dataset, id(), files));
                        return;
                    }
                    case Admission.MakeRoom _ -> evictable = evict(need, filling);
                    case Admission.TooLarge _, Admission.NoRoom _ -> {
                        refusals++;
                        return;
                    }
                }
            }
        }

        private boolean evict(Usage need, Set<DatasetId> filling) {
            while (!rule.roomEnough(need, used(), ROOMY)) {
                SnapshotState next = EvictionRule.next(states(), filling);
                if (next == null) {
                    return false;
                }
                assertThat(inUse).doesNotContain(next.snapshot());
                assertThat(filling).doesNotContain(next.dataset());
                assertThat(next.lastMounted()).isEqualTo(oldest(filling));
                held.remove(next.snapshot());
                evictions++;
            }
            return true;
        }

        private Instant oldest(Set<DatasetId> filling) {
            return states().stream()
                    .filter(state -> !state.inUse() && !filling.contains(state.dataset()))
                    .map(SnapshotState::lastMounted)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        private Collection<SnapshotState> states() {
            List<SnapshotState> states = new ArrayList<>();
            for (Held each : held.values()) {
                states.add(new SnapshotState(
                        each.dataset(),
                        each.snapshot(),
                        mounted.getOrDefault(each.snapshot(), Instant.EPOCH),
                        inUse.contains(each.snapshot())));
            }
            return states;
        }

        private void mount() {
            held.keySet().stream()
                    .skip(held.isEmpty() ? 0 : random.nextInt(held.size()))
                    .findFirst()
                    .ifPresent(id -> {
                        if (inUse.size() < 3) {
                            inUse.add(id);
                        }
                        mounted.put(id, Instant.ofEpochSecond(clock));
                    });
        }

        private void unmount() {
            inUse.stream().findFirst().ifPresent(inUse::remove);
        }

        private void add(Held fresh) {
            held.put(fresh.snapshot(), fresh);
            mounted.put(fresh.snapshot(), Instant.ofEpochSecond(clock));
            fills++;
        }

        private SnapshotId id() {
            byte[] bytes = new byte[Hash.LENGTH];
            random.nextBytes(bytes);
            return new SnapshotId(Hash.of(bytes));
        }

        private Usage used() {
            return usage(files().size());
        }

        private Usage need(Set<Integer> files) {
            Set<Integer> fresh = new HashSet<>(files);
            // what an eviction takes away cannot be shared: the need is counted as if nothing were
            return usage(fresh.size());
        }

        private Set<Integer> files() {
            Set<Integer> files = new HashSet<>();
            held.values().forEach(each -> files.addAll(each.files()));
            return files;
        }

        private static Usage usage(int files) {
            return new Usage(files * BLOCK, files);
        }
    }
}
