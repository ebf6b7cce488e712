package dev.aquifer.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SnapshotCodecTest {
    private static final List<LeftOut> LEFT_OUT = List.of(new LeftOut(
            LeftOutReason.FIFO, 300, List.of(DatasetPath.parse(new byte[] {(byte) 0xff, '/', 'a'}))));

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerComesBackAsItWas(SnapshotAnswer answer) throws Exception {
        assertThat(SnapshotCodec.parse(SnapshotCodec.encode(answer))).isEqualTo(answer);
    }

    static Stream<SnapshotAnswer> answers() {
        var root = new SnapshotRoot(
                new Attributes(0755, 1, 2, new Timestamp(-5, 6)),
                Hash.sha256(new byte[] {1}),
                new Totals(10_000_000, 2, 3, 1L << 50));
        return Stream.of(
                new SnapshotAnswer.Ready(
                        root,
                        Instant.parse("2026-05-01T10:00:00Z"),
                        LEFT_OUT,
                        List.of(DatasetPath.parse("log/x")),
                        List.of(DatasetPath.parse("a/b"))),
                new SnapshotAnswer.Walking(12),
                new SnapshotAnswer.Refused("Expected files that can be read", LEFT_OUT));
    }

    @Test
    void aSnapshotIdThatIsNotTheHashOfItsRootIsRefused() {
        var text = new String(SnapshotCodec.encode(answers().findFirst().orElseThrow()), StandardCharsets.UTF_8);
        int at = text.indexOf("\"snapshot\":\"") + 12;
        var other = text.substring(0, at) + (text.charAt(at) == '0' ? '1' : '0') + text.substring(at + 1);

        assertThatExceptionOfType(InvalidMessage.class)
                .isThrownBy(() -> SnapshotCodec.parse(other.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatAnOriginSaysFitsALineAndAnEvent() throws Exception {
        var said = "let it\nread \"x\" and \\xff" + "!".repeat(1 << 19);
        var parsed = (SnapshotAnswer.Refused)
                SnapshotCodec.parse(SnapshotCodec.encode(new SnapshotAnswer.Refused(said, List.of())));

        assertThat(parsed.message())
                .startsWith("let it\\x0aread \\x22x\\x22 and \\xff!!!")
                .hasSizeLessThan(1_000);
    }

    @Test
    void aReasonForLeavingOutThatComesTwiceIsRefused() {
        var twice = new SnapshotAnswer.Refused("no", List.of(LEFT_OUT.getFirst(), LEFT_OUT.getFirst()));

        assertThatExceptionOfType(InvalidMessage.class)
                .isThrownBy(() -> SnapshotCodec.parse(SnapshotCodec.encode(twice)));
    }

    @Test
    void reasonsOfAnotherVersionAreTakenTogether() throws Exception {
        var known = new SnapshotAnswer.Refused(
                "no",
                List.of(
                        new LeftOut(LeftOutReason.SOCKET, 2, List.of()),
                        new LeftOut(LeftOutReason.FIFO, 3, List.of(DatasetPath.parse("pipe"))),
                        new LeftOut(LeftOutReason.DEVICE, 4, List.of())));
        var other = new String(SnapshotCodec.encode(known), StandardCharsets.UTF_8)
                .replace("FIFO", "ASLEEP")
                .replace("DEVICE", "AWAY");

        var parsed = (SnapshotAnswer.Refused) SnapshotCodec.parse(other.getBytes(StandardCharsets.UTF_8));

        assertThat(parsed.leftOut())
                .containsExactly(
                        new LeftOut(LeftOutReason.SOCKET, 2, List.of()),
                        new LeftOut(LeftOutReason.OTHER, 7, List.of(DatasetPath.parse("pipe"))));
    }

    @Test
    void pathsForPeopleTakeNoMoreThanTheyAreWorth() throws Exception {
        var deep = List.of(DatasetPath.parse("d/".repeat(999) + "x"), DatasetPath.parse("e/".repeat(999) + "x"));
        var leftOut = List.of(
                new LeftOut(LeftOutReason.FIFO, 2, deep),
                new LeftOut(LeftOutReason.SOCKET, 1, List.of(DatasetPath.parse("socket"))));

        var parsed = (SnapshotAnswer.Refused)
                SnapshotCodec.parse(SnapshotCodec.encode(new SnapshotAnswer.Refused("no", leftOut)));

        assertThat(parsed.leftOut().getFirst()).isEqualTo(leftOut.getFirst());
        assertThat(parsed.leftOut().getLast()).isEqualTo(new LeftOut(LeftOutReason.SOCKET, 1, List.of()));
    }

    @Test
    void hostileTextIsRefusedOrIsAnAnswer() {
        var seeds = answers().map(SnapshotCodec::encode).toList();

        Mutations.of(23, seeds).forEach(input -> {
            try {
                assertThat(SnapshotCodec.parse(input)).isNotNull();
            } catch (InvalidMessage e) {
                assertThat(e).hasMessageStartingWith("Expected");
            }
        });
    }
}
