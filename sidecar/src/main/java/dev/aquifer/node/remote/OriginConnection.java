package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.Shown;
import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.transfer.ChunkedInput;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.InvalidMessage;
import dev.aquifer.node.transfer.Wire;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One kept-alive connection to an origin: a request, then its answer, then perhaps the next. */
final class OriginConnection implements AutoCloseable {
    private static final int BUFFER = 64 << 10;
    /** Without it whoever writes to a machine that is gone would wait for TCP to give up, a quarter of an hour. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);
    /** Half of it is as long as a socket waits. */
    private static final Duration LONGEST_READ = Duration.ofMinutes(2);

    /** An answer's status, and its body if it was a short one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {}

    private final OriginSocket socket;
    private final Duration longestRequest;
    private final PacedInput pace;
    private final InputStream in;
    private final OutputStream out;
    private boolean answered;

    OriginConnection(OriginSocket socket) throws IOException {
        this(socket, LONGEST_REQUEST);
    }

    /** @param longestRequest to send one, not until it is answered */
    OriginConnection(OriginSocket socket, Duration longestRequest) throws IOException {
        this.socket = socket;
        this.longestRequest = longestRequest;
        this.pace = new PacedInput(socket.in(), System::nanoTime, socket, LONGEST_READ);
        this.in = new BufferedInputStream(pace, BUFFER);
        this.out = socket.out();
    }

    /** Sends a request whose answer is short. */
    Answer ask(HttpHead head, byte[] body) throws IOException {
        HttpHead answer = send(head, body);
        return new Answer(status(answer), shortBody(answer));
    }

    /**
     * Sends a request whose answer comes in pieces; {@link ChunkedInput#finish} it before the next request.
     *
     * @throws OriginException if the origin refuses
     * @throws OriginBusyException if it wants to be asked again
     */
    ChunkedInput stream(HttpHead head, byte[] body) throws IOException {
        HttpHead answer = send(head, body);
        int status = status(answer);
        if (status == 503) {
            shortBody(answer);
            throw OriginBusyException.of(answer);
        }
        if (status != 200) {
            throw refusal(status, shortBody(answer));
        }
        if (!answer.isChunked()) {
            throw new InvalidMessage("Expected an answer in chunks, found another");
        }
        return new ChunkedInput(in);
    }

    /** What a refusal means, with the origin's own words if they can be shown. */
    static OriginException refusal(int status, byte[] body) {
        String said = Shown.text(new String(body, StandardCharsets.UTF_8));
        return new OriginException("the origin answers %d: %s".formatted(status, said));
    }

    /** Whether an answer to the last request has begun. */
    boolean hasAnswered() {
        return answered;
    }

    /** The answer is read whole; the next request may come much later. */
    void rest() {
        answered = false;
        pace.rest();
    }

    @Override
    public void close() {
        pace.rest();
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // it is of no more use either way
        }
    }

    private HttpHead send(HttpHead head, byte[] body) throws IOException {
        pace.begin();
        try (var _ = Deadline.in(longestRequest, socket)) {
            out.write(head.encode());
            out.write(body);
            out.flush();
        }
        HttpHead answer = HttpHead.read(in);
        if (answer == null) {
            throw new EOFException("the origin closed the connection");
        }
        answered = true;
        return answer;
    }

    private byte[] shortBody(HttpHead answer) throws IOException {
        int length = answer.contentLength(Wire.LONGEST_JSON);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the origin closed the connection within an answer");
        }
        return body;
    }

    private static int status(HttpHead answer) throws InvalidMessage {
        String first = answer.first();
        if (!first.matches("HTTP/1\\.1 [1-5][0-9]{2}( .*)?")) {
            throw new InvalidMessage("Expected the status line of an HTTP/1.1 answer, found another");
        }
        return Integer.parseInt(first.substring(9, 12));
    }
}
