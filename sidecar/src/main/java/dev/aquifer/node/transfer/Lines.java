package dev.aquifer.node.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of visible ASCII that end with CR LF, all together no longer than a bound. */
final class Lines {
    private final InputStream in;
    private int left;

    Lines(InputStream in, int longest) {
        this.in = in;
        this.left = longest;
    }

    /** The next line without its end, or null at the end of the stream. */
    @Nullable String next() throws IOException {
        int character = in.read();
        if (character < 0) {
            return null;
        }
        var line = new StringBuilder();
        for (; character != '\r'; character = require(in.read())) {
            if (character < ' ' || character > '~') {
                throw new InvalidMessage("Expected a line of ASCII text, found the byte %02x".formatted(character));
            }
            line.append((char) character);
            if (--left < 0) {
                throw new InvalidMessage("Expected a shorter head of an HTTP message, found more");
            }
        }
        if (require(in.read()) != '\n') {
            throw new InvalidMessage("Expected a line that ends with CR LF, found CR alone");
        }
        return line.toString();
    }

    String require() throws IOException {
        var line = next();
        if (line == null) {
            throw new EOFException("Expected a line more, found the end of the connection");
        }
        return line;
    }

    private static int require(int character) throws EOFException {
        if (character < 0) {
            throw new EOFException("Expected the rest of a line, found the end of the connection");
        }
        return character;
    }
}
