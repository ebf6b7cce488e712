package dev.aquifer.node.transfer;

/** The fixed words and bounds of the protocol between an origin and its nodes. */
public final class Wire {
    /** {@code GET}: the newest snapshot, as JSON ({@link SnapshotAnswer}). */
    public static final String SNAPSHOT = "/v1/snapshot";
    /** {@code POST}: records of the listing by their hashes ({@link RecordsCodec}). */
    public static final String DIRECTORIES = "/v1/directories";
    /** {@code POST}: chunks of files ({@link ChunksCodec}). */
    public static final String FILES = "/v1/files";

    /** Header of each request: the {@link dev.aquifer.node.dataset.DatasetId}. */
    public static final String DATASET = "aquifer-dataset";
    /** Header of each request: the dataset's fetch key, {@link DatasetKey#text}. */
    public static final String KEY = "aquifer-key";

    /** Where an origin listens. */
    public static final int PORT = 8443;

    /** Bytes of the longest body of a request. */
    public static final int LONGEST_REQUEST = 4 << 20;
    /** Bytes of the longest JSON answer. */
    public static final int LONGEST_JSON = 1 << 20;
    /** Hashes in one request for records. */
    public static final int MOST_RECORDS = 1_000;
    /** Chunks in one request for files. */
    public static final int MOST_CHUNKS = 4_096;
    /** Bytes of all chunks in one request together. */
    public static final long MOST_BYTES = 16 << 20;

    /**
     * Bytes of an answer that come each second, at least, once {@link #GRACE_SECONDS} have passed: slower than any origin whose
     * bandwidth is bounded and that many nodes ask.
     */
    public static final int LEAST_PACE = 4 << 10;
    /** The origin may have to read, or to wait, before it answers. */
    public static final int GRACE_SECONDS = 60;

    private Wire() {}
}
