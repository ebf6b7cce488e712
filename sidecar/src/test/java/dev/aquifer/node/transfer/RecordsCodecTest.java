package dev.aquifer.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.node.dataset.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordsCodecTest {
    @Test
    void hashesComeBackAsTheyWere() throws Exception {
        var hashes = List.of(Hash.sha256(new byte[] {1}), Hash.sha256(new byte[] {2}));

        assertThat(RecordsCodec.parse(RecordsCodec.encode(hashes))).isEqualTo(hashes);
    }

    @Test
    void bytesThatAreNoHashesOrTooManyAreRefused() {
        assertThatExceptionOfType(InvalidMessage.class).isThrownBy(() -> RecordsCodec.parse(new byte[33]));
        assertThatExceptionOfType(InvalidMessage.class)
                .isThrownBy(() -> RecordsCodec.parse(new byte[(Wire.MOST_RECORDS + 1) * Hash.LENGTH]));
    }

    @Test
    void recordsAndTheLackOfThemComeBackInOrder() throws Exception {
        var wire = new ByteArrayOutputStream();
        RecordsCodec.write(wire, new byte[] {1, 2, 3});
        RecordsCodec.write(wire, null);
        RecordsCodec.write(wire, new byte[0]);
        var in = new ByteArrayInputStream(wire.toByteArray());

        assertThat(RecordsCodec.read(in)).containsExactly(1, 2, 3);
        assertThat(RecordsCodec.read(in)).isNull();
        assertThat(RecordsCodec.read(in)).isEmpty();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> RecordsCodec.read(in));
    }

    @Test
    void aRecordLongerThanAllowedIsRefusedBeforeRoomIsMade() {
        assertThatExceptionOfType(InvalidMessage.class)
                .isThrownBy(() -> RecordsCodec.read(new ByteArrayInputStream(new byte[] {127, -1, -1, -1})));
    }
}
