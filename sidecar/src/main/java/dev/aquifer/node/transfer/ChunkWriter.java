package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.Hash;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the answers to a request for chunks, as {@link ChunkReader} reads them. */
public final class ChunkWriter {
    private static final Hash NONE = Hash.of(new byte[Hash.LENGTH]);

    private final OutputStream out;

    public ChunkWriter(OutputStream out) {
        this.out = out;
    }

    /** A whole answer without bytes of the file. */
    public void write(ChunkAnswer answer) throws IOException {
        out.write(
                switch (answer) {
                    case ChunkAnswer.Changed changed -> ChunkStatus.CHANGED.code();
                    case ChunkAnswer.Gone gone -> ChunkStatus.GONE.code();
                    case ChunkAnswer.Unreadable unreadable -> ChunkStatus.UNREADABLE.code();
                    case ChunkAnswer.Hole hole -> ChunkStatus.HOLE.code();
                    case ChunkAnswer.Same same -> ChunkStatus.SAME.code();
                    case ChunkAnswer.Data data ->
                        throw new IllegalArgumentException("Expected an answer without bytes, found data");
                });
    }

    /** Begins an answer with bytes; exactly as many as were asked for must follow by {@link #bytes}. */
    public void begin() throws IOException {
        out.write(ChunkStatus.DATA.code());
    }

    public void bytes(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
    }

    /** Ends an answer with bytes: they count only behind {@link ChunkAnswer.Data}. */
    public void end(ChunkAnswer answer) throws IOException {
        switch (answer) {
            case ChunkAnswer.Data data -> end(ChunkStatus.FINE, data.digest());
            case ChunkAnswer.Changed changed -> end(ChunkStatus.CHANGED, NONE);
            case ChunkAnswer.Unreadable unreadable -> end(ChunkStatus.UNREADABLE, NONE);
            case ChunkAnswer.Gone gone -> throw noEnd(gone);
            case ChunkAnswer.Hole hole -> throw noEnd(hole);
            case ChunkAnswer.Same same -> throw noEnd(same);
        }
    }

    private void end(ChunkStatus status, Hash digest) throws IOException {
        out.write(status.code());
        out.write(digest.bytes());
    }

    private static IllegalArgumentException noEnd(ChunkAnswer answer) {
        return new IllegalArgumentException("Expected an answer that can come behind bytes, found " + answer);
    }
}
