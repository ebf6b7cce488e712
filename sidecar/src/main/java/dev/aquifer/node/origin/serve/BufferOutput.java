package dev.aquifer.node.origin.serve;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes into a buffer that can be changed for another. */
final class BufferOutput extends OutputStream {
    private ByteBuffer into = ByteBuffer.allocate(0);

    void into(ByteBuffer next) {
        into = next;
    }

    @Override
    public void write(int b) {
        into.put((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        into.put(bytes, offset, length);
    }
}
