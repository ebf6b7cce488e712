package dev.aquifer.node.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MountHandlerTest {
    @TempDir
    Path folder;

    private final FakeMounter mounter = new FakeMounter();

    @Test
    void namesAllThatIsMountedOrAFailureButNeverAPart() throws IOException {
        mounter.set("/target", new TargetState.Shows(SnapshotDirectory.parse(Requests.snapshot("a"))));
        try (LinkServer _ =
                LinkServer.start(folder.resolve("mount.sock"), new MountHandler(mounter, new PublishedVolumes()))) {
            LinkClient fetch = new LinkClient(folder.resolve("mount.sock"));
            assertThat(fetch.mounts()).containsExactly(new MountedRoot(8, 1, 7));

            assertThat(fetch.volumes()).isEmpty();

            mounter.failWith(new IOException("statx of '': EIO"));
            assertThatThrownBy(fetch::mounts).hasMessageContaining("EIO");
            assertThatThrownBy(fetch::status).hasMessageContaining("ask the one that fetches");
        }
    }
}
