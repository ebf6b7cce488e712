package dev.aquifer.node.mount;

/** What is at a target now. */
public sealed interface TargetState {
    /** No such path. */
    record Absent() implements TargetState {}

    /** A directory on which nothing is mounted. */
    record Plain() implements TargetState {}

    /** A snapshot of ours. */
    sealed interface Ours extends TargetState {
        SnapshotDirectory snapshot();
    }

    /** One that is in the cache under this name. */
    record Shows(SnapshotDirectory snapshot) implements Ours {}

    /** One that the cache has no more. */
    record Stale(SnapshotDirectory snapshot) implements Ours {}

    /**
     * Something else is mounted there.
     *
     * @param root what, as a path within its file system
     */
    record Foreign(String root) implements TargetState {}
}
