package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtendedAttributesTest {
    @TempDir
    Path folder;

    @Test
    void valuesThatAreLongerThanUsualAreReadWhole() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("file"), "");
        byte[] value = new byte[2_000];
        value[1_999] = 7;
        try (Fd dir = Files.openRoot(folder);
                Fd file = Files.open(dir, name("file"), Open.READ, 0)) {
            Metadata.setExtended(file, "user.long", value);

            assertThat(Metadata.extended(dir, name("file"), "user.long")).isEqualTo(value);
        }
    }

    @Test
    void kernelsWithoutTheNewCallAnswerTheSameByWayOfProc() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("file"), "");
        try (Fd dir = Files.openRoot(folder);
                Fd file = Files.open(dir, name("file"), Open.READ, 0);
                Scratch scratch = new Scratch()) {
            Metadata.setExtended(file, "user.one", name("value"));
            var value = scratch.zeroed(16);

            long length = ExtendedAttributes.getThroughProc(
                    scratch, dir, name("file"), scratch.text(name("user.one")), value);

            assertThat(length).isEqualTo(5);
            assertThat(Metadata.extended(dir, name("file"), "user.one")).isEqualTo(name("value"));
        }
    }
}
