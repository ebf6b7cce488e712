package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedVolumeDefinitionTest {

    @Test
    void theFileInTheChartIsWhatTheRecordsSay(@TempDir Path scratch) throws IOException {
        String expected = SharedVolumeDefinition.yaml(scratch);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(SharedVolumeDefinition.FILE.getParent());
            Files.writeString(SharedVolumeDefinition.FILE, expected);
        }
        assertThat(SharedVolumeDefinition.FILE)
                .as("the definition of SharedVolume; its first lines say how to refresh it")
                .content()
                .isEqualTo(expected);
    }
}
