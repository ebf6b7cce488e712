package dev.aquifer.node.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.linux.Bytes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.Mounts;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.mount.MountCase.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mount looks like in the node's own mount namespace, which is not the one it was made in. */
@NeedsRoot
final class PropagationTest {
    @TempDir
    Path folder;

    private MountCase node;
    private Process peer;

    @BeforeEach
    void shareKubeletsFolderWithAnotherNamespace() throws Exception {
        node = MountCase.in(folder);
        try (Fd kubelet = Files.openRoot(node.kubelet())) {
            Mounts.bind(kubelet, kubelet);
        }
        assertThat(new ProcessBuilder("mount", "--make-shared", node.kubelet().toString())
                        .start()
                        .waitFor())
                .isZero();
        peer = new ProcessBuilder("unshare", "--mount", "--propagation", "slave", "sleep", "300").start();
        await().until(() -> !namespace("self").equals(namespace(Long.toString(peer.pid()))));
    }

    @AfterEach
    void unmountAll() throws IOException {
        if (node == null) {
            return;
        }
        peer.destroyForcibly();
        node.mounter().unmount(node.target());
        Mounts.unmount(Bytes.of(node.kubelet()));
    }

    @ParameterizedTest
    @EnumSource
    void isReadOnlyThereTooInEveryWay(Way way) throws IOException {
        node.mounter(way).mount(node.snapshot("a"), node.target());

        assertThat(optionsThere()).startsWith("ro,nosuid,nodev");
    }

    @Test
    void wouldBeWritableThereAfterARemount() throws IOException {
        Attachment naive = (name, snapshot, target) -> {
            Mounts.bind(snapshot, target);
            Mounts.remount(Bytes.of(node.path()), MovedTree.ATTRIBUTES);
        };

        node.mounter(naive).mount(node.snapshot("a"), node.target());

        assertThat(optionsThere()).startsWith("rw");
    }

    @Test
    void isGoneThereAfterAnUnmount() throws IOException {
        node.mounter().mount(node.snapshot("a"), node.target());
        node.mounter().unmount(node.target());

        assertThat(linesThere()).noneMatch(line -> line.contains(node.path().toString()));
    }

    private String optionsThere() throws IOException {
        return linesThere().stream()
                .map(line -> line.split(" ", 7))
                .filter(fields -> fields[4].equals(node.path().toString()))
                .map(fields -> fields[5])
                .findFirst()
                .orElseThrow();
    }

    private List<String> linesThere() throws IOException {
        return java.nio.file.Files.readAllLines(Path.of("/proc", Long.toString(peer.pid()), "mountinfo"));
    }

    private static Path namespace(String process) {
        try {
            return java.nio.file.Files.readSymbolicLink(Path.of("/proc", process, "ns/mnt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
