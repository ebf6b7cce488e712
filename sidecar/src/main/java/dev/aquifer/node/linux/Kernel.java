package dev.aquifer.node.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The one door to the kernel: {@code syscall(2)} with six longs, its errno captured. A call that a signal interrupted is
 * made again.
 */
final class Kernel {
    private static final int EINTR = 4;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = syscall();

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
        long[] six = new long[6];
        System.arraycopy(arguments, 0, six, 0, arguments.length);
        try (Scratch scratch = new Scratch()) {
            MemorySegment state = scratch.zeroed(STATE.byteSize());
            while (true) {
                long result = invoke(state, call.number(Architecture.CURRENT), six);
                if (result >= 0) {
                    return result;
                }
                int errno = state.get(ValueLayout.JAVA_INT, ERRNO);
                if (errno != EINTR) {
                    return -errno;
                }
            }
        }
    }

    private static long invoke(MemorySegment state, long number, long[] six) {
        try {
            return (long) SYSCALL.invokeExact(state, number, six[0], six[1], six[2], six[3], six[4], six[5]);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of syscall(2) itself failed", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle syscall() {
        Linker linker = Linker.nativeLinker();
        var number = ValueLayout.JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(number, number, number, number, number, number, number, number),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }
}
