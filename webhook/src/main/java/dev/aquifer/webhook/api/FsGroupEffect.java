package dev.aquifer.webhook.api;

/** What kubelet does to the files of a volume that a pod with an {@code fsGroup} mounts writable. */
public enum FsGroupEffect {
    /** All of them are given to the group, and made writable for it. */
    Chowned,
    /** They stay as they are. */
    Kept
}
