package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Device;

/** The directory that a mount shows: unlike its path it stays the same, whoever asks. */
public record ShownRoot(Device device, long inode) {}
