package dev.aquifer.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(names = {"EACCES", "EPERM", "EIO", "EUCLEAN", "ENODATA"})
    void isTheFilesFault(Errno errno) {
        assertThat(errno.isUnreadable()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM", "ETIMEDOUT", "OTHER"})
    void isNotTheFilesFault(Errno errno) {
        assertThat(errno.isUnreadable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatIsGone(Errno errno) {
        assertThat(errno.isGone())
                .isEqualTo(Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP, Errno.ESTALE)
                        .contains(errno));
    }
}
