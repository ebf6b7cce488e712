package dev.aquifer.node.origin.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.FileType;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.linux.Timespec;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReaderTest {
    private static final Reader READER = new Reader(1000, Set.of(2000, 2001), false);

    private static Stat stat(int mode, int uid, int gid) {
        var time = new Timespec(0, 0);
        return new Stat(FileType.REGULAR, mode, uid, gid, 0, 0, time, time, 1, new Device(1, 1), 1, 1, false);
    }

    @ParameterizedTest
    @CsvSource({
        "0400, 1000, 1, true",
        "0044, 1000, 2000, false",
        "0040, 1, 2001, true",
        "0404, 1, 2000, false",
        "0004, 1, 1, true",
        "0440, 1, 1, false"
    })
    void theFirstClassThatFitsDecides(String mode, int uid, int gid, boolean readable) {
        assertThat(READER.mayReadFile(stat(Integer.parseInt(mode, 8), uid, gid)))
                .isEqualTo(readable);
    }

    @Test
    void aDirectoryTakesSearchingToo() {
        assertThat(READER.mayReadDirectory(stat(0500, 1000, 1))).isTrue();
        assertThat(READER.mayReadDirectory(stat(0400, 1000, 1))).isFalse();
        assertThat(READER.mayReadDirectory(stat(0100, 1000, 1))).isFalse();
    }

    @Test
    void whoOverridesMayReadAll() {
        assertThat(new Reader(0, Set.of(), true).mayReadFile(stat(0, 1, 1))).isTrue();
    }

    @Test
    void theProcessSaysWhoItIs() {
        var reader = Reader.parse("""
            Name:\taquifer-node
            Uid:\t65532\t65532\t65532\t1001
            Gid:\t65532\t65532\t65532\t1002
            Groups:\t5 6\s
            CapEff:\t0000000000000000
            """);

        assertThat(reader).isEqualTo(new Reader(1001, Set.of(5, 6, 1002), false));
    }

    @ParameterizedTest
    @CsvSource({"0000000000000004, true", "0000000000000002, true", "000001ffffffffff, true", "0000000000000001, false"
    })
    void capabilitiesCount(String effective, boolean overrides) {
        var status = "Uid:\t1\t1\t1\t1\nGid:\t1\t1\t1\t1\nGroups:\t\nCapEff:\t" + effective + "\n";

        assertThat(Reader.parse(status).overrides()).isEqualTo(overrides);
    }
}
