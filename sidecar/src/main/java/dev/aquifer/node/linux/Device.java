package dev.aquifer.node.linux;

/** A device's two numbers; of a file, they say which file system it is on. */
public record Device(int major, int minor) {
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
