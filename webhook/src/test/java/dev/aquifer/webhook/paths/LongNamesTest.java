package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import org.junit.jupiter.api.Test;

class LongNamesTest {
    @Test
    void aNameHasAtMostAsManyBytesAsFileSystemsTake() {
        assertThat(LongNames.areIn("/")).isFalse();
        assertThat(LongNames.areIn("a".repeat(255))).isFalse();
        assertThat(LongNames.areIn("a".repeat(256))).isTrue();
        assertThat(LongNames.areIn("ö".repeat(127) + "/" + "ö".repeat(127))).isFalse();
        assertThat(LongNames.areIn("a/" + "ö".repeat(128) + "/b")).isTrue();
    }

    @Test
    void itIsSaidWhichRoleNamesWhat() {
        VolumeBuilder volume = new VolumeBuilder("lab", "ref").role("good", VolumeBuilder.path("a", Access.ReadOnly));
        assertThat(LongNames.find(volume.build().spec())).isNull();

        String path = "a/" + "𒀀".repeat(64);
        volume.role("odd", VolumeBuilder.path("/", Access.ReadOnly), VolumeBuilder.path(path, Access.Hidden));

        assertThat(LongNames.find(volume.build().spec())).startsWith("role \"odd\" names \"%s\"".formatted(path));
    }
}
