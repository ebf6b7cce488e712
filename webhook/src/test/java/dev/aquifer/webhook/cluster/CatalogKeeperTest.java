package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.entitlement.Catalog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CatalogKeeperTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final CatalogKeeper keeper = new CatalogKeeper(
            () -> {
                reads.incrementAndGet();
                return List.of();
            },
            tasks::add);

    @Test
    void isUpToDateWithoutChanges() {
        assertThat(keeper.upToDate()).isTrue();
        assertThat(keeper.catalog()).isSameAs(Catalog.EMPTY);
    }

    @Test
    void rebuildsOnceForManyChangesAndElsewhere() {
        keeper.changed();
        keeper.changed();
        keeper.changed();
        assertThat(keeper.upToDate()).isFalse();
        assertThat(reads).hasValue(0);
        tasks.forEach(Runnable::run);
        assertThat(keeper.upToDate()).isTrue();
        assertThat(keeper.catalog()).isNotSameAs(Catalog.EMPTY);
        assertThat(reads).hasValue(1);
    }

    @Test
    void rebuildsAgainWhenSomethingChangesWhileItBuilds() {
        CatalogKeeper[] self = new CatalogKeeper[1];
        self[0] = new CatalogKeeper(
                () -> {
                    if (reads.incrementAndGet() == 1) {
                        self[0].changed();
                    }
                    return List.of();
                },
                tasks::add);
        self[0].changed();
        tasks.poll().run();
        assertThat(self[0].upToDate()).isFalse();
        tasks.poll().run();
        assertThat(self[0].upToDate()).isTrue();
        assertThat(reads).hasValue(2);
    }
}
