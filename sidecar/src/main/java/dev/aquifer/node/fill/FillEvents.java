package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.DatasetPath;

/** What is counted of fills. */
public interface FillEvents {
    /** So many bytes of files came from an origin. */
    void fetched(long bytes);

    /** So many bytes of listings came from an origin. */
    void listed(long bytes);

    /** Bytes did not have the digest that the origin named. */
    void wrongDigest(DatasetPath path);
}
