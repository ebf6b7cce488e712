package dev.aquifer.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What tests of system calls need again and again. */
public final class Calls {
    private Calls() {}

    static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    static byte[] name(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static void refused(Errno errno, ThrowingCallable call) {
        LinuxException refusal = catchThrowableOfType(LinuxException.class, call);
        assertThat(refusal).as("refused with " + errno).isNotNull();
        assertThat(refusal.errno()).as(refusal.getMessage()).isEqualTo(errno);
    }
}
