package dev.aquifer.node.link;

/** The directory that a mount shows: its file system's device and its inode number there. */
public record MountedRoot(int major, int minor, long inode) {}
