package dev.aquifer.webhook.binder.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.report.CacheState;
import dev.aquifer.webhook.report.CacheState.Trouble;
import dev.aquifer.webhook.report.ReportsUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CacheNewsTest {
    private static final String DATASET = "1".repeat(32);
    private static final VolumeCondition SERVING =
            new VolumeCondition(VolumeCondition.CACHED, true, "Serving", "nodes fill their caches from 'o'");

    private final Map<String, CacheState> reported = new HashMap<>();
    private final List<String> changed = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private boolean away;
    private final CacheNews news = new CacheNews(
            () -> {
                if (away) {
                    throw new ReportsUnavailable("nobody there");
                }
                return Map.copyOf(reported);
            },
            () -> now.toNanos(),
            changed::add);

    @Test
    void whatChangedIsTold() {
        look(complete(1));
        look(complete(1));
        assertThat(changed).containsExactly(DATASET);
        look(complete(2));
        assertThat(changed).hasSize(2);
        reported.clear();
        news.look();
        assertThat(changed).hasSize(3);
        assertThat(news.of(DATASET)).isEqualTo(CacheState.NONE);
    }

    @Test
    void otherWordsForTheSameWait() {
        look(full("91 GiB are taken"));
        now = Duration.ofMinutes(9);
        look(full("92 GiB are taken"));
        assertThat(changed).hasSize(1);
        assertThat(news.of(DATASET)).isEqualTo(full("91 GiB are taken"));
        now = Duration.ofMinutes(10);
        look(full("93 GiB are taken"));
        assertThat(changed).hasSize(2);
        assertThat(news.of(DATASET)).isEqualTo(full("93 GiB are taken"));
    }

    @Test
    void nothingIsKnownUntilItWasHeardAndThatIsNoWonderForAMinute() {
        away = true;
        news.look();
        assertThat(news.isEarly()).isTrue();
        now = Duration.ofMinutes(1);
        assertThat(news.isEarly()).isFalse();
        assertThat(news.of(DATASET)).isNull();
        away = false;
        news.look();
        assertThat(news.of(DATASET)).isEqualTo(CacheState.NONE);
    }

    @Test
    void whatWasHeardStaysWhileNobodyAnswers() {
        look(complete(3));
        away = true;
        news.look();
        assertThat(news.of(DATASET)).isEqualTo(complete(3));
    }

    @Nested
    class TheCondition {
        @Test
        void saysHowManyNodesHaveIt() {
            assertThat(CacheStatus.of(SERVING, complete(3)).condition().message())
                    .isEqualTo("nodes fill their caches from 'o'; complete on 3 nodes");
            assertThat(CacheStatus.of(SERVING, CacheState.NONE).condition()).isEqualTo(SERVING);
            assertThat(CacheStatus.of(SERVING, null).condition()).isEqualTo(SERVING);
        }

        @Test
        void saysWhatWasLeftOut() {
            CacheState state = new CacheState(
                    new NodeCounts(1, 0, 0, 0), "ab".repeat(32), null, "left out of the cache: 1 unreadable (key)");

            assertThat(CacheStatus.of(SERVING, state).condition().message())
                    .isEqualTo(
                            "nodes fill their caches from 'o'; left out of the cache: 1 unreadable (key); complete on 1 node");
        }

        @Test
        void doesNotHoldWhereSomebodyMustDoSomething() {
            assertThat(CacheStatus.of(SERVING, full("it needs 2 GiB of 1")).condition())
                    .isEqualTo(new VolumeCondition(
                            VolumeCondition.CACHED,
                            false,
                            "NoRoom",
                            "it needs 2 GiB of 1; complete on 0 nodes, failed on 1"));
        }

        @Test
        void saysFirstThatTheOriginIsNotReady() {
            VolumeCondition starting =
                    new VolumeCondition(VolumeCondition.CACHED, false, "OriginNotReady", "its pod is not ready");
            assertThat(CacheStatus.of(starting, full("no room")).condition().reason())
                    .isEqualTo("OriginNotReady");
        }
    }

    private void look(CacheState state) {
        reported.put(DATASET, state);
        news.look();
    }

    private static CacheState complete(int nodes) {
        return new CacheState(new NodeCounts(nodes, 0, 0, 0), "ab".repeat(32), null, "");
    }

    private static CacheState full(String message) {
        return new CacheState(new NodeCounts(0, 0, 1, 0), null, new Trouble("NoRoom", message), "");
    }
}
