package dev.aquifer.node.dataset;

import org.jspecify.annotations.Nullable;

/** Which snapshot: the hash of its {@link SnapshotRoot} record, so it stands for every name and version below. */
public record SnapshotId(Hash hash) {

    /** Reads 64 lower-case hexadecimal digits. */
    public static SnapshotId parse(String hex) {
        return new SnapshotId(Hash.parse(hex));
    }

    /** The id of the snapshot with this root. */
    public static SnapshotId of(SnapshotRoot root) {
        return new SnapshotId(Hash.sha256(ListingCodec.encode(root)));
    }

    public String hex() {
        return hash.hex();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotId snapshot && hash.equals(snapshot.hash);
    }

    @Override
    public String toString() {
        return hex();
    }
}
