package dev.aquifer.node.transfer;

import java.util.Arrays;

/** Why something in a source is no part of its snapshot. */
public enum LeftOutReason {
    SOCKET,
    DEVICE,
    FIFO,
    /** The origin may not read it. */
    UNREADABLE,
    /** Reading it fails. */
    FAILING,
    /** It changed each time it was looked at. */
    CHANGING,
    /** Below more directories than a path may have. */
    TOO_DEEP,
    /** Its name has more bytes than the file systems of nodes take; where it cannot be given, its directory is. */
    NAME_TOO_LONG,
    /** What an origin of another version says that has more reasons. */
    OTHER;

    /** The one of this name, or {@link #OTHER}. */
    static LeftOutReason named(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElse(OTHER);
    }
}
