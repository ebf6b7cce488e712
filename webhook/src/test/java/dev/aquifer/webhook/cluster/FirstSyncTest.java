package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class FirstSyncTest {
    private final AtomicBoolean namespaces = new AtomicBoolean();
    private final AtomicBoolean volumes = new AtomicBoolean();
    private final FirstSync sync = new FirstSync(namespaces::get, volumes::get);

    @Test
    void saysWhatHasNotBeenListed() {
        assertThat(sync.problem()).contains("namespaces");
        namespaces.set(true);
        assertThat(sync.problem()).contains("SharedVolumes");
        volumes.set(true);
        assertThat(sync.problem()).isNull();
    }

    @Test
    void staysDoneWhileTheCatalogIsRebuilt() {
        namespaces.set(true);
        volumes.set(true);
        assertThat(sync.problem()).isNull();
        volumes.set(false);
        assertThat(sync.problem()).isNull();
    }
}
