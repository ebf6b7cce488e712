package dev.aquifer.webhook.binding.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairIdentityTest {
    private static final int MANY = 10_000_000;
    private static final String LONG_LABEL = "n".repeat(63);
    private static final String LONG_SUBDOMAIN = "v".repeat(62) + "." + "v".repeat(190);

    @Test
    void namesTheModeTheOwnerAndTheVolume() {
        PairIdentity identity = new PairIdentity("climate", "ref.v2", "u-1", "alice", PairMode.READ_ONLY);
        assertThat(identity.name(0)).isEqualTo("aquifer-ro-climate-ref-v2-enflffflpxxkzs4g");
        assertThat(identity.revisionKey()).isEqualTo("alice/ro");
    }

    static Stream<PairIdentity> extremes() {
        return Stream.of(
                new PairIdentity("a", "b", "u", "t", PairMode.READ_WRITE),
                new PairIdentity(LONG_LABEL, "b", "u", LONG_LABEL, PairMode.READ_ONLY),
                new PairIdentity("a", LONG_SUBDOMAIN, "u", "t", PairMode.READ_ONLY),
                new PairIdentity("a".repeat(34), "b", "u", "t", PairMode.READ_ONLY),
                new PairIdentity("a".repeat(33), "b.c", "u", "t", PairMode.READ_ONLY),
                new PairIdentity("a", "b".repeat(32) + "...c", "u", "t", PairMode.READ_WRITE));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void isADnsLabelWhateverItsPartsAre(PairIdentity identity) {
        for (int revision : new int[] {0, 1, Integer.MAX_VALUE}) {
            assertThat(identity.name(revision))
                    .hasSizeLessThanOrEqualTo(63)
                    .matches("aquifer-r[ow]-[a-z0-9]([-a-z0-9]*[a-z0-9])?-[a-z2-7]{16}");
            assertThat(PairName.isReserved(identity.name(revision))).isTrue();
        }
    }

    @Test
    void everyPartMakesAnotherName() {
        PairIdentity identity = new PairIdentity("ab", "c", "u", "t", PairMode.READ_ONLY);
        assertThat(Stream.of(
                                identity,
                                new PairIdentity("a", "bc", "u", "t", PairMode.READ_ONLY),
                                new PairIdentity("ab", "cu", "", "t", PairMode.READ_ONLY),
                                new PairIdentity("ab", "c", "v", "t", PairMode.READ_ONLY),
                                new PairIdentity("ab", "c", "ut", "", PairMode.READ_ONLY),
                                new PairIdentity("ab", "c", "u", "s", PairMode.READ_ONLY),
                                new PairIdentity("ab", "c", "u", "t", PairMode.READ_WRITE))
                        .flatMap(each -> Stream.of(hash(each.name(0)), hash(each.name(1)), hash(each.name(11)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void othersNamesAreNotReserved() {
        assertThat(Stream.of("aquifer-ro", "aquifer-rx-a", "my-aquifer-ro-a", "AQUIFER-RO-a", ""))
                .noneMatch(PairName::isReserved);
    }

    @Test
    void tenMillionPairsHaveTenMillionNames() {
        Random random = new Random(4);
        long[] hashes = new long[MANY];
        for (int i = 0; i < MANY; i++) {
            PairIdentity identity =
                    new PairIdentity(letters(random), letters(random), letters(random), letters(random), mode(random));
            hashes[i] = number(hash(identity.name(random.nextInt(3))));
        }
        // the 64 bits kept of each of 80 make the claim stronger than the names need
        Arrays.parallelSort(hashes);
        for (int i = 1; i < MANY; i++) {
            if (hashes[i] == hashes[i - 1]) {
                throw new AssertionError("two pairs have the hash " + hashes[i]);
            }
        }
    }

    private static PairMode mode(Random random) {
        return random.nextBoolean() ? PairMode.READ_ONLY : PairMode.READ_WRITE;
    }

    private static String letters(Random random) {
        return Long.toString(random.nextLong(1L << 40), 36);
    }

    private static String hash(String name) {
        return name.substring(name.length() - 16);
    }

    private static long number(String hash) {
        long number = 0;
        for (int i = 0; i < hash.length(); i++) {
            number = (number << 5) | "abcdefghijklmnopqrstuvwxyz234567".indexOf(hash.charAt(i));
        }
        return number;
    }
}
