package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.node.testing.Mutations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ListingCodecTest {
    private static final Hash SOME = Hash.sha256(new byte[] {1});

    @ParameterizedTest
    @MethodSource("records")
    void aRecordComesBackAsItWas(ListingRecord record) {
        var bytes = ListingCodec.encode(record);

        assertThat(ListingCodec.parse(Hash.sha256(bytes), bytes)).isEqualTo(record);
    }

    static Stream<ListingRecord> records() {
        return Stream.of(
                Directory.EMPTY,
                new Directory(List.of(
                        Entries.directory("a", SOME), Entries.file("b", Long.MAX_VALUE), Entries.link("c", "../.."))),
                new DirectoryIndex(List.of(SOME, SOME)),
                new SnapshotRoot(Entries.PLAIN, SOME, new Totals(1, 2, 3, Long.MAX_VALUE)));
    }

    @Test
    void randomDirectoriesComeBackAsTheyWere() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            var directory = new Directory(Entries.random(random, 60));

            assertThat(ListingCodec.parse(ListingCodec.encode(directory))).isEqualTo(directory);
        }
    }

    /** Whatever is accepted is the one encoding of what was read: two texts of one record would have two hashes. */
    @Test
    void hostileBytesAreRefusedOrAreTheOneEncoding() {
        var random = new SplittableRandom(11);
        var seeds = new ArrayList<byte[]>();
        records().map(ListingCodec::encode).forEach(seeds::add);
        for (int i = 0; i < 30; i++) {
            seeds.add(ListingCodec.encode(new Directory(Entries.random(random, 8))));
        }
        var refused = new AtomicInteger();
        var accepted = new AtomicInteger();

        Mutations.of(13, seeds).forEach(input -> {
            try {
                assertThat(ListingCodec.encode(ListingCodec.parse(input))).isEqualTo(input);
                accepted.incrementAndGet();
            } catch (InvalidListing e) {
                assertThat(e).hasMessageStartingWith("Expected");
                refused.incrementAndGet();
            }
        });

        assertThat(refused).hasPositiveValue();
        assertThat(accepted).hasPositiveValue();
    }

    @Test
    void aRecordWithAnotherHashIsRefused() {
        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ListingCodec.parse(SOME, ListingCodec.encode(Directory.EMPTY)))
                .withMessageContaining("Expected the record " + SOME);
    }

    @Test
    void aCountThatCannotFitIsRefusedBeforeRoomIsMade() {
        var bytes = ByteBuffer.allocate(8).put("AQD1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(
                        () -> ListingCodec.parse(bytes.putInt(4, 0x7fff_ffff).array()))
                .withMessageContaining("found 2147483647");
    }

    @Test
    void twoEntriesOfOneNameAreRefused() {
        var twice = List.<Entry>of(Entries.file("a", 1), Entries.link("a", "b"));

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ListingCodec.parse(ListingCodec.directory(
                        twice.stream().map(EntryCodec::encode).toList())))
                .withMessageContaining("without doubles, found 'a' before 'a'");
    }

    @Test
    void setUserBitsAreRefused() {
        var bytes = ListingCodec.encode(new Directory(List.of(Entries.file("a", 1))));
        bytes[ListingCodec.HEADER + 3] |= 0x08;

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ListingCodec.parse(bytes))
                .withMessageContaining("Expected a mode within 1777");
    }

    @Test
    void aSizeBeyondWhatAFileCanHaveIsRefused() {
        var bytes = EntryCodec.encode(Entries.file("a", 1));
        bytes[bytes.length - 36] = (byte) 0x80;

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> EntryCodec.parse(ByteBuffer.wrap(bytes)))
                .withMessageContaining("below 2^63");
    }

    @Test
    void aRecordLongerThanAMebibyteIsRefused() {
        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> ListingCodec.parse(new byte[ListingRecord.LONGEST + 1]));
    }
}
