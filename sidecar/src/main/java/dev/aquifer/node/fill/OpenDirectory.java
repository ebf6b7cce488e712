package dev.aquifer.node.fill;

import dev.aquifer.node.linux.Fd;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory that stays open as long as somebody still writes into it. */
public final class OpenDirectory implements AutoCloseable {
    private final Fd fd;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Held by the caller, who closes it. */
    OpenDirectory(Fd fd) {
        this.fd = fd;
    }

    public Fd fd() {
        return fd;
    }

    /** Holds it once more; the caller must hold it already. */
    OpenDirectory hold() {
        holders.incrementAndGet();
        return this;
    }

    @Override
    public void close() {
        if (holders.decrementAndGet() == 0) {
            fd.close();
        }
    }
}
