package dev.aquifer.node.transfer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aquifer.node.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTest {
    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Nested
    final class Heads {
        @Test
        void aHeadComesBackAsItWas() throws Exception {
            var head = new HttpHead("POST /v1/files HTTP/1.1", Map.of("content-length", "12", "aquifer-dataset", "x"));

            assertThat(HttpHead.read(new ByteArrayInputStream(head.encode()))).isEqualTo(head);
        }

        @Test
        void namesOfHeadersAreLowerCaseAndValuesAreStripped() throws Exception {
            var head = requireNonNull(HttpHead.read(stream("GET / HTTP/1.1\r\nContent-Length:  7 \r\n\r\n")));

            assertThat(head.contentLength(10)).isEqualTo(7);
        }

        @Test
        void theEndOfTheConnectionIsNoHead() throws Exception {
            assertThat(HttpHead.read(stream(""))).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET / HTTP/1.1\r\nA: b\r\nA: c\r\n\r\n",
                    "GET / HTTP/1.1\r\nA : b\r\n\r\n",
                    "GET / HTTP/1.1\r\n folded\r\n\r\n",
                    "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                    "GET / HTTP/1.1\nA: b\n\n",
                    "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n",
                    "GET /\u00ff HTTP/1.1\r\n\r\n"
                })
        void refusesWhatTwoReadersCouldTakeDifferently(String text) {
            assertThatExceptionOfType(InvalidMessage.class).isThrownBy(() -> HttpHead.read(stream(text)));
        }

        @Test
        void anEndlessHeadIsRefused() {
            assertThatExceptionOfType(InvalidMessage.class)
                    .isThrownBy(() -> HttpHead.read(stream("GET / HTTP/1.1\r\nA: " + "b".repeat(1 << 20))));
            assertThatExceptionOfType(InvalidMessage.class).isThrownBy(() -> {
                var many = new StringBuilder("GET / HTTP/1.1\r\n");
                for (int i = 0; i < 100; i++) {
                    many.append("h").append(i).append(": x\r\n");
                }
                HttpHead.read(stream(many + "\r\n"));
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "+1", "1e3", "", "99999999999", "0x10", "11"})
        void aLengthThatIsNoneOrTooLargeIsRefused(String length) {
            var head = new HttpHead("x", Map.of("content-length", length));

            assertThatExceptionOfType(InvalidMessage.class).isThrownBy(() -> head.contentLength(10));
        }

        @Test
        void aBodyIsEitherChunkedOrHasALength() {
            var both = new HttpHead("x", Map.of("content-length", "1", "transfer-encoding", "chunked"));
            var other = new HttpHead("x", Map.of("transfer-encoding", "gzip"));

            assertThatExceptionOfType(InvalidMessage.class).isThrownBy(both::isChunked);
            assertThatExceptionOfType(InvalidMessage.class).isThrownBy(other::isChunked);
        }
    }

    @Nested
    final class ChunkedBodies {
        @Test
        void whatWasWrittenIsRead() throws Exception {
            var random = new SplittableRandom(3);
            for (int i = 0; i < 20; i++) {
                var content = new byte[random.nextInt(300_000)];
                random.nextBytes(content);
                var wire = new ByteArrayOutputStream();
                try (var out = new ChunkedOutput(wire)) {
                    int cut = random.nextInt(content.length + 1);
                    out.write(content, 0, cut);
                    out.flush();
                    out.write(content, cut, content.length - cut);
                }
                wire.writeBytes(new byte[] {'n', 'e', 'x', 't'});
                var below = new ByteArrayInputStream(wire.toByteArray());

                assertThat(new ChunkedInput(below).readAllBytes()).isEqualTo(content);
                assertThat(below.readAllBytes()).asString().isEqualTo("next");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-1\r\n",
                    "+1\r\na\r\n0\r\n\r\n",
                    "\r\n",
                    "fffffffff\r\n",
                    "g\r\n",
                    "1;ext=x-very-long\r\na\r\n0\r\n\r\n",
                    "1\r\nab\r\n0\r\n\r\n",
                    "0\r\nTrailer: x\r\n\r\n"
                })
        void brokenFramingIsRefused(String text) {
            assertThatExceptionOfType(InvalidMessage.class)
                    .isThrownBy(() -> new ChunkedInput(stream(text)).readAllBytes());
        }

        @Test
        void aBodyCutShortIsNotTakenForAWholeOne() {
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> new ChunkedInput(stream("5\r\nabc")).readAllBytes());
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> new ChunkedInput(stream("3\r\nabc\r\n")).readAllBytes());
        }

        @Test
        void moreThanWasExpectedIsRefused() {
            assertThatExceptionOfType(InvalidMessage.class)
                    .isThrownBy(() -> new ChunkedInput(stream("3\r\nabc\r\n0\r\n\r\n")).finish());
        }
    }

    @Test
    void hostileBytesEndInARefusalOrInAHead() {
        var seeds = List.of(
                "GET /v1/snapshot?after=00&wait=20 HTTP/1.1\r\naquifer-key: abc\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII),
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));

        Mutations.of(17, seeds).forEach(input -> {
            var in = new ByteArrayInputStream(input);
            try {
                var head = HttpHead.read(in);
                if (head != null && head.isChunked()) {
                    new ChunkedInput(in).readAllBytes();
                }
            } catch (InvalidMessage | EOFException e) {
                assertThat(e).hasMessageStartingWith("Expected");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aBrokenConnectionIsAnError() {
        assertThatIOException().isThrownBy(() -> HttpHead.read(stream("GET / HTTP/1.1\r\nA: b")));
    }
}
