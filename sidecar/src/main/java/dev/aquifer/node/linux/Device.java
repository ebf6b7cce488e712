package dev.aquifer.node.linux;

import org.jspecify.annotations.Nullable;

/** A device's two numbers; of a file, they say which file system it is on. */
public record Device(int major, int minor) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Device device && major == device.major && minor == device.minor;
    }

    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
