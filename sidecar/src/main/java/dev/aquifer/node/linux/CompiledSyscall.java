package dev.aquifer.node.linux;

import org.graalvm.nativeimage.c.function.CFunction;

/**
 * {@code syscall(2)} in a native image, where a method handle that was made at run time is interpreted at each call: half of
 * the time of filling small files went there. It is a C function of ours ({@code syscall.c}), linked into the image.
 */
final class CompiledSyscall {
    private CompiledSyscall() {}

    /** The result, or the negative errno. */
    @CFunction("aquifer_syscall")
    static native long call(long number, long a, long b, long c, long d, long e, long f);
}
