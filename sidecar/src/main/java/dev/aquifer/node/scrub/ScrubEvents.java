package dev.aquifer.node.scrub;

/** What is counted of scrubs. */
public interface ScrubEvents {
    /** So many bytes were read again. */
    void scrubbed(long bytes);

    /** A damaged file was replaced. */
    void mended();

    /** A damaged file could not be replaced. */
    void damaged();

    /** So many damaged files are known that are not replaced yet. */
    void left(long files);
}
