package dev.aquifer.node.linux;

/**
 * The one door to the kernel: {@code syscall(2)} with six longs, its errno captured. A call that a signal interrupted is
 * made again, but for {@code close}.
 */
final class Kernel {
    private static final int EINTR = 4;
    /** More signals than come within one call; a file system may answer so of its own, and without end. */
    private static final int MOST_TRIES = 64;
    /** As {@code org.graalvm.nativeimage.ImageInfo} has it, which the JVM's class path has not. */
    private static final boolean IN_IMAGE = System.getProperty("org.graalvm.nativeimage.imagecode") != null;

    private Kernel() {}

    /**
     * Makes a call about a name.
     *
     * @throws LinuxException if the kernel refuses
     */
    static long call(Call call, byte[] subject, long... arguments) throws LinuxException {
        long result = raw(call, arguments);
        if (result < 0) {
            throw new LinuxException(call, "'" + Bytes.readable(subject) + "'", (int) -result);
        }
        return result;
    }

    /**
     * Makes a call whose first argument is the descriptor.
     *
     * @throws LinuxException if the kernel refuses
     */
    static long call(Call call, Fd fd, long... rest) throws LinuxException {
        long[] arguments = new long[rest.length + 1];
        arguments[0] = fd.number();
        System.arraycopy(rest, 0, arguments, 1, rest.length);
        long result = raw(call, arguments);
        if (result < 0) {
            throw new LinuxException(call, "descriptor " + fd.number(), (int) -result);
        }
        return result;
    }

    /** The result, or the negative errno. */
    static long raw(Call call, long... arguments) {
        return tried(MOST_TRIES, call, arguments);
    }

    /** The same of a call that has done its part also where it was interrupted. */
    static long once(Call call, long... arguments) {
        return tried(1, call, arguments);
    }

    private static long tried(int most, Call call, long... arguments) {
        long[] six = new long[6];
        System.arraycopy(arguments, 0, six, 0, arguments.length);
        long number = call.number(Architecture.CURRENT);
        for (int tries = 1; ; tries++) {
            long result = IN_IMAGE
                    ? CompiledSyscall.call(number, six[0], six[1], six[2], six[3], six[4], six[5])
                    : LinkedSyscall.call(number, six[0], six[1], six[2], six[3], six[4], six[5]);
            if (result != -EINTR || tries == most) {
                return result;
            }
        }
    }
}
