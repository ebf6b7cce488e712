package dev.aquifer.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ErrnoTest {
    @Test
    void isKnownByItsNumber() {
        assertThat(Errno.of(28)).isEqualTo(Errno.ENOSPC);
        assertThat(Errno.of(4000)).isEqualTo(Errno.OTHER);
    }

    @Test
    void keepsAnUnknownNumberInTheMessage() {
        assertThat(new LinuxException(Call.FSYNC, "descriptor 3", 4000))
                .hasMessage("fsync of descriptor 3: error 4000");
    }

    @Test
    void numbersOfCallsAreThoseOfTheProcessor() {
        assertThat(Call.OPENAT2.number(Architecture.AARCH64)).isEqualTo(437);
        assertThat(Call.STATX.number(Architecture.of("amd64"))).isEqualTo(332);
        assertThatThrownBy(() -> Architecture.of("sparc")).hasMessageContaining("found 'sparc'");
    }
}
