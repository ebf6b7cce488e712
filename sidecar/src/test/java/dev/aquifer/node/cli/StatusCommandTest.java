package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.fetch.FetchProgram;
import dev.aquifer.node.link.Acquisition;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.testing.ScratchCache;
import dev.aquifer.node.testing.TestAuthority;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class StatusCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** An agent that fetches as it does on a node; only what is mounted is made up. */
    @Nested
    @NeedsRoot
    final class AtARunningAgent {
        private final List<MountedRoot> mounted = new CopyOnWriteArrayList<>();
        private RunningOrigin origin;
        private LinkServer mounter;
        private FetchProgram fetch;

        @BeforeEach
        void start() throws IOException {
            Path source = Files.createDirectory(folder.resolve("source"));
            Files.write(source.resolve("file"), new byte[3 << 20]);
            origin =
                    RunningOrigin.start(RunningOrigin.settings(source, Files.createDirectory(folder.resolve("state"))));
            mounter = LinkServer.start(
                    folder.resolve("mount.sock"), (_, _) -> new LinkAnswer.Mounted(List.copyOf(mounted)));
            fetch = fetch();
        }

        private FetchProgram fetch() throws IOException {
            CommandSpec spec = CommandSpec.create();
            new FetchCommand().options().forEach(spec::addOption);
            new CommandLine(spec)
                    .parseArgs(
                            "--enrol-at=https://localhost",
                            "--cache=" + folder.resolve("cache"),
                            "--fetch-socket=" + socket(),
                            "--mount-socket=" + folder.resolve("mount.sock"),
                            "--datasets=" + folder.resolve("datasets"),
                            "--keys=" + folder.resolve("keys"),
                            "--quota=1Gi",
                            "--scrub-rate=0");
            return FetchProgram.start(
                    FetchCommand.settings(new Values(spec), Runtime.getRuntime().maxMemory()),
                    origin.authority().contexts(TestAuthority.NODE),
                    _ -> new JsonObject(),
                    new SimpleMeterRegistry());
        }

        @AfterEach
        void stop() throws IOException {
            fetch.close();
            mounter.close();
            origin.close();
            ScratchCache.unlock(folder);
        }

        @Test
        void printsARowForWhatPodsHave() throws IOException {
            LinkAnswer.Ready ready = acquire();
            mount(ready);
            mount(ready);

            assertThat(status()).isZero();
            assertThat(out.toString().lines().limit(2))
                    .satisfiesExactly(
                            head -> assertThat(head).startsWith("DATASET           SNAPSHOT      STATE  DONE"),
                            row -> assertThat(row)
                                    .isEqualTo(
                                            "climate-data/ref  %s  ready  [####################] 100 %%  3.0 MiB  -     2",
                                            ready.snapshot().substring(0, 12)));
            assertThat(out.toString()).containsPattern("cache: 3\\.[0-9] MiB of 1.0 GiB, [0-9]+ of 10000000 inodes\n$");
            assertThat(err.toString()).isEmpty();
        }

        @Test
        void printsTheJsonAsItCame() throws IOException {
            acquire();

            // what a fill has taken is counted behind its end
            await().untilAsserted(() -> {
                out.getBuffer().setLength(0);
                assertThat(status("-o", "json")).isZero();
                assertThat(out.toString()).endsWith("}\n");
                assertThat(new JsonObject(out.toString())).isEqualTo(new LinkClient(socket()).status());
            });
        }

        private LinkAnswer.Ready acquire() throws IOException {
            VolumeAttributes attributes = new VolumeAttributes(
                    "climate-anna",
                    RunningOrigin.DATASET.value(),
                    "climate-data/ref",
                    TestAuthority.ORIGIN.toString(),
                    "localhost:" + origin.port());
            try (Acquisition acquisition = new LinkClient(socket())
                    .acquire(attributes, RunningOrigin.KEY.text(), "/pods/1", Duration.ofSeconds(60))) {
                return (LinkAnswer.Ready) acquisition.answer();
            }
        }

        private void mount(LinkAnswer.Ready ready) throws IOException {
            try (Fd root = dev.aquifer.node.linux.Files.openRoot(
                    folder.resolve("cache").resolve(ready.directory()))) {
                Stat stat = Metadata.stat(root);
                mounted.add(new MountedRoot(stat.device().major(), stat.device().minor(), stat.inode()));
            }
        }
    }

    @Nested
    final class Refuses {
        @Test
        void toGuessWhereTheAgentIs() {
            assertThat(status()).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("aquifer-node: expected the socket of 'fetch' at %s, found nothing".formatted(socket()))
                    .contains("run this in a container of the node agent", "--fetch-socket", "see its log")
                    .hasLineCount(1);
            assertThat(out.toString()).isEmpty();
        }

        @Test
        void toWaitForAnAgentThatHasEnded() throws IOException {
            leaveASocket();

            assertThat(status()).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("aquifer-node: the node agent's other process does not listen on " + socket());
        }

        /** Root may use every socket, so this root is one without that right. */
        @Test
        @NeedsRoot
        void thatAnybodyButItsOwnerUsesTheSocket() throws Exception {
            leaveASocket();
            Files.setAttribute(socket(), "unix:uid", 65_534);
            Files.setPosixFilePermissions(socket(), PosixFilePermissions.fromString("rw-------"));

            Process program = new ProcessBuilder(
                            "setpriv",
                            "--bounding-set=-dac_override,-dac_read_search",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.aquifer.node.Main",
                            "status",
                            "--fetch-socket=" + socket())
                    .redirectErrorStream(true)
                    .start();

            assertThat(new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines(
                            "aquifer-node: expected to be allowed to use %s, found that only its owner is: run this as root"
                                    .formatted(socket()));
            assertThat(program.waitFor()).isEqualTo(1);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--output=yaml | --output: expected one of [TABLE, JSON], found 'yaml'",
                    "--fetch-socket=fetch.sock | --fetch-socket: expected an absolute path, found 'fetch.sock'",
                    "--log-level=debug | Unknown option: '--log-level=debug'",
                })
        void aValueThatCannotWorkByName(String wrong, String message) {
            assertThat(run("status", wrong)).isEqualTo(2);
            assertThat(err.toString()).contains("aquifer-node: " + message, "Try 'aquifer-node status --help'.");
        }

        /** As a process leaves it that was killed. */
        private void leaveASocket() throws IOException {
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(socket()));
            }
        }
    }

    @Test
    void saysItsExitCodesAndNothingOfSignals() {
        assertThat(run("status", "--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "-o, --output=FORMAT", "Exit codes:", "0   it is printed", "1   it cannot be had", "2   wrong")
                .doesNotContain("SIGTERM");
    }

    private int status(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "status";
        all[1] = "--fetch-socket=" + socket();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(all);
    }

    private int run(String... arguments) {
        return AquiferNode.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path socket() {
        return folder.resolve("fetch.sock");
    }
}
