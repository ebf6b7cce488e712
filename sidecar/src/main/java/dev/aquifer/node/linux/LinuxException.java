package dev.aquifer.node.linux;

import java.io.IOException;

/** A system call that failed: which, on what, and why. The message reads "openat2 of 'x': ENOSPC". */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final Errno errno;

    LinuxException(Call call, String subject, int number) {
        super("%s of %s: %s".formatted(call, subject, described(number)));
        this.call = call.toString();
        this.errno = Errno.of(number);
    }

    /** The name of the system call, such as {@code openat2}. */
    public String call() {
        return call;
    }

    public Errno errno() {
        return errno;
    }

    private static String described(int number) {
        Errno errno = Errno.of(number);
        return errno == Errno.OTHER ? "error " + number : errno.name();
    }
}
