package dev.aquifer.webhook.rest;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes in a body up to a length and leaves a longer one on its way: how much others write is not ours to say. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final int longest;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private volatile boolean tooLong;

    BoundedBody(int longest) {
        this.longest = longest;
    }

    @Override
    public void consume(List<ByteBuffer> parts, AsyncBody body) {
        for (ByteBuffer part : parts) {
            if (part.remaining() > longest - taken.size()) {
                tooLong = true;
                taken.reset();
                body.cancel();
                return;
            }
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            taken.writeBytes(bytes);
        }
        body.consume();
    }

    boolean isTooLong() {
        return tooLong;
    }

    int length() {
        return taken.size();
    }

    byte[] bytes() {
        return taken.toByteArray();
    }
}
