package dev.aquifer.node.origin.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
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
}
