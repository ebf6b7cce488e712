package dev.aquifer.node.linux;

/**
 * A name in a directory's listing.
 *
 * @param type {@link FileType#UNKNOWN} where the file system does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each name of millions would cost
public record Entry(byte[] name, FileType type, long inode) {}
