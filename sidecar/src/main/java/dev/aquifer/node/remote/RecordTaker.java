package dev.aquifer.node.remote;

import dev.aquifer.node.dataset.Hash;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes what an origin sent for a listing record. */
@FunctionalInterface
public interface RecordTaker {
    /** Takes one record: its bytes were not checked yet; null where the origin has none. */
    void take(Hash asked, byte @Nullable [] bytes) throws IOException;
}
