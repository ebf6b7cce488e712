package dev.aquifer.node.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketPathTest {
    @TempDir
    Path folder;

    @Test
    void appearsInOneStepAndGoesAwayWithItsOwner() throws IOException {
        SocketPath socket = new SocketPath(folder.resolve("s"));
        try (ServerSocketChannel _ = listen(socket)) {
            assertThat(folder).isDirectoryContaining("glob:**/s");
            assertThat(Files.getPosixFilePermissions(folder.resolve("s"))).hasSize(2);
        }
        socket.release();
        socket.release();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void replacesWhatAnEarlierProcessLeftAndIsLeftAloneByIt() throws IOException {
        SocketPath earlier = new SocketPath(folder.resolve("s"));
        SocketPath later = new SocketPath(folder.resolve("s"));
        listen(earlier).close();
        try (ServerSocketChannel _ = listen(later)) {
            earlier.release();

            assertThat(folder.resolve("s")).exists();
        }
    }

    @Test
    void takesNoOtherFilesPlace() throws IOException {
        Files.writeString(folder.resolve("s"), "precious");

        assertThatThrownBy(() -> listen(new SocketPath(folder.resolve("s"))).close())
                .hasMessageContaining("expected a socket or nothing");
        assertThat(folder.resolve("s")).hasContent("precious");
    }

    @Test
    void isRefusedWhenItIsTooLongForTheKernel() {
        assertThatThrownBy(() -> new SocketPath(Path.of("/" + "x".repeat(102))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 102 bytes");
    }

    @SuppressWarnings("MustBeClosedChecker")
    private static ServerSocketChannel listen(SocketPath socket) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket.fresh()));
        socket.claim();
        return channel;
    }
}
