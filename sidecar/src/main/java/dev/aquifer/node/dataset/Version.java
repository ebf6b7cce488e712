package dev.aquifer.node.dataset;

/**
 * What tells two contents of one path apart without reading them: the moment of the last change of the inode, which no one
 * can set back, and the inode's number.
 */
public record Version(Timestamp changed, long inode) {}
