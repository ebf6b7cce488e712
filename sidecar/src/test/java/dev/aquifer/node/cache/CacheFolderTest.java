package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheFolderTest {
    @TempDir
    Path folder;

    @Test
    void isRefusedToASecondAgentUntilTheFirstLetsItGo() throws IOException {
        try (CacheFolder _ = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(CacheException.class)
                    .hasMessage(
                            "another node agent uses the cache folder %s: stop it, or give this one a folder of its"
                                    + " own",
                            folder);
        }
        try (CacheFolder second = open()) {
            assertThat(second.datasets()).isEmpty();
        }
    }

    private CacheFolder open() throws IOException {
        return CacheFolder.open(folder, new Protection(false));
    }
}
