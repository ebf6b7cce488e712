package dev.aquifer.node.origin.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class AccessListTest {
    private static final int NAMED_USER = 0x02;
    private static final int NAMED_GROUP = 0x08;

    private static byte[] list(int... tagsAndPermissions) {
        var out = ByteBuffer.allocate(4 + tagsAndPermissions.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(2);
        for (int i = 0; i < tagsAndPermissions.length; i += 2) {
            out.putShort((short) tagsAndPermissions[i])
                    .putShort((short) tagsAndPermissions[i + 1])
                    .putInt(1000);
        }
        return out.array();
    }

    /** The mode shows 070, the mask, since a named user has all; the owning group itself has nothing. */
    @Test
    void theGroupGetsItsOwnEntryAndNotTheMask() {
        var list = list(0x01, 7, NAMED_USER, 7, 0x04, 0, 0x10, 7, 0x20, 4);

        assertThat(AccessList.mode(0774, list)).isEqualTo(0704);
    }

    @Test
    void theMaskLimitsTheGroup() {
        assertThat(AccessList.mode(0740, list(0x01, 7, NAMED_USER, 7, 0x04, 7, 0x10, 4, 0x20, 0)))
                .isEqualTo(0740);
    }

    /** In the copy, whom the list names is one of the others. */
    @Test
    void othersGetNoMoreThanAnybodyWhomTheListNames() {
        assertThat(AccessList.mode(0775, list(0x01, 7, NAMED_USER, 4, 0x04, 7, 0x10, 7, 0x20, 5)))
                .isEqualTo(0774);
        assertThat(AccessList.mode(0775, list(0x01, 7, 0x04, 7, NAMED_GROUP, 0, 0x10, 7, 0x20, 5)))
                .isEqualTo(0770);
        assertThat(AccessList.mode(0745, list(0x01, 7, NAMED_USER, 7, 0x04, 7, 0x10, 4, 0x20, 5)))
                .isEqualTo(0744);
        assertThat(AccessList.mode(0745, list(0x01, 7, 0x04, 7, 0x10, 4, 0x20, 5)))
                .isEqualTo(0745);
    }

    @Test
    void aListCutShortOpensNothing() {
        assertThat(AccessList.mode(0770, new byte[7])).isEqualTo(0700);
    }
}
