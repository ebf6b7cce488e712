package dev.aquifer.node.origin.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.transfer.HttpHead;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ResponseTest {
    private Pipe pipe;
    private InputStream in;

    @BeforeEach
    void send() throws IOException {
        pipe = Pipe.open();
        in = Channels.newInputStream(pipe.source());
        pipe.sink().write(ByteBuffer.wrap("half".getBytes(US_ASCII)));
    }

    @Test
    void readsABodyThatComesInTime() throws IOException {
        assertThat(Response.body(in, 4, Duration.ofSeconds(20), pipe.source()))
                .asString(US_ASCII)
                .isEqualTo("half");
        assertThat(pipe.source().isOpen()).isTrue();
    }

    @Test
    void closesTheConnectionOfABodyThatTakesTooLong() {
        assertThatThrownBy(() -> Response.body(in, 8, Duration.ofMillis(200), pipe.source()))
                .isInstanceOf(IOException.class);
        assertThat(pipe.source().isOpen()).isFalse();
    }

    @Test
    void closesTheConnectionOfAHeadThatTakesTooLongOnceItHasBegun() {
        assertThatThrownBy(() -> Response.next(new BufferedInputStream(in), Duration.ofMillis(200), pipe.source()))
                .isInstanceOf(IOException.class);
        assertThat(pipe.source().isOpen()).isFalse();
    }

    @Test
    void waitsForTheNextHeadForAsLongAsTheConnectionDoes() throws Exception {
        pipe.sink().write(ByteBuffer.wrap("\r\n\r\n".getBytes(US_ASCII)));
        var buffered = new BufferedInputStream(in);
        var half = Response.next(buffered, Duration.ofMillis(200), pipe.source());
        assertThat(half).isNotNull().extracting(HttpHead::first).isEqualTo("half");

        var sink = pipe.sink();
        CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS).execute(() -> close(sink));
        assertThat(Response.next(buffered, Duration.ofMillis(200), pipe.source()))
                .isNull();
        assertThat(pipe.source().isOpen()).isTrue();
    }

    private static void close(Pipe.SinkChannel sink) {
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
