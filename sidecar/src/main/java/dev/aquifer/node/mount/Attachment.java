package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Fd;
import java.io.IOException;

/** A way to make a directory appear read-only at another. */
interface Attachment {
    /** Attaches the directory, without a moment in which it is writable for anyone. */
    void attach(Fd snapshot, Fd target) throws IOException;
}
