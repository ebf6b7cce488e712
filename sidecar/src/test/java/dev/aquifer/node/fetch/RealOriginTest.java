package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and an origin as they are, over mutual TLS: only the kubelet is missing. */
@NeedsRoot
final class RealOriginTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OWNER_ORIGIN = TestAuthority.ORIGIN.toString();

    @TempDir
    Path folder;

    private Path source;
    private RunningOrigin origin;
    private FetchingNode node;

    @BeforeEach
    void start() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        fill(source);
        origin = RunningOrigin.start(RunningOrigin.settings(source, Files.createDirectory(folder.resolve("state"))));
        FetchSettings settings = TestSettings.settings(folder, folder.resolve("cache"), false, 0, 4);
        node = new FetchingNode(settings, new TlsOrigins(origin.authority().contexts(TestAuthority.NODE)));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        origin.close();
    }

    @Test
    void thirtyPodsSeeTheSameFilesThatCrossedTheWireOnce() throws Exception {
        try (ExecutorService pods = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 30)
                    .mapToObj(_ -> pods.submit(() -> ask(OWNER_ORIGIN, key())))
                    .toList();
            for (Future<LinkAnswer> answer : answers) {
                LinkAnswer.Ready ready = (LinkAnswer.Ready) answer.get();
                assertThat(seen(folder.resolve("cache").resolve(ready.directory())))
                        .isEqualTo(seen(source));
            }
        }
        assertThat(node.registry.counter("aquifer.node.origin.bytes").count()).isEqualTo(bytes());
    }

    @Test
    void anOriginOfAnotherNameIsNotBelieved() throws IOException {
        assertGetsNothingAndIsTold(
                "aquifer://origin/somebody/else",
                key(),
                "expected the origin aquifer://origin/somebody/else",
                "found " + OWNER_ORIGIN);
    }

    @Test
    void aNodeWithoutTheKeyGetsNothing() throws IOException {
        byte[] other = new byte[32];
        other[0] = 1;
        String wrong = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
        assertGetsNothingAndIsTold(OWNER_ORIGIN, wrong, "the origin answers 401");
    }

    private void assertGetsNothingAndIsTold(String originUri, String key, String... why) {
        // a busy machine takes longer to reach the origin than one publish waits
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ask(originUri, key))
                        .isInstanceOfSatisfying(
                                LinkAnswer.Filling.class,
                                filling -> assertThat(filling.message()).contains(why)));
        assertThat(node.registry.counter("aquifer.node.origin.bytes").count()).isZero();
    }

    private LinkAnswer ask(String originUri, String key) throws IOException {
        Duration timeout = originUri.equals(OWNER_ORIGIN) && key.equals(key()) ? LONG : Duration.ofSeconds(2);
        return node.ask(FetchingNode.volume(RunningOrigin.DATASET, originUri, origin.port()), key, timeout);
    }

    private static String key() {
        return RunningOrigin.KEY.text();
    }

    private double bytes() throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.endsWith("other-name"))
                    .mapToDouble(path -> path.toFile().length())
                    .sum();
        }
    }

    /** What a tree shows: names, modes, owners, times, content. */
    private static Map<String, Object> seen(Path root) throws IOException {
        Map<String, Object> seen = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String name = root.relativize(path).toString();
                if (!Files.isSymbolicLink(path)) {
                    seen.put(name, Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime"));
                }
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    seen.put(name + " content", Arrays.hashCode(Files.readAllBytes(path)));
                }
            }
        }
        return seen;
    }

    private static void fill(Path source) throws IOException {
        Random random = new Random(1);
        for (String file : new String[] {"large", "sub/medium", "sub/deeper/small", "sub/empty"}) {
            byte[] content = new byte
                    [switch (file) {
                        case "large" -> 9_000_001;
                        case "sub/medium" -> 300_000;
                        case "sub/deeper/small" -> 10;
                        default -> 0;
                    }];
            random.nextBytes(content);
            Files.createDirectories(source.resolve(file).getParent());
            Files.write(source.resolve(file), content);
        }
        for (int i = 0; i < 300; i++) {
            Files.createDirectories(source.resolve("many"));
            Files.writeString(source.resolve("many/" + i), "file " + i);
        }
        Files.createSymbolicLink(
                source.resolve("link"), FileSystems.getDefault().getPath("sub/medium"));
        Files.createLink(source.resolve("sub/other-name"), source.resolve("large"));
        Files.setPosixFilePermissions(source.resolve("sub/medium"), PosixFilePermissions.fromString("r--r-----"));
        Files.setAttribute(source.resolve("sub/medium"), "unix:uid", 1234);
    }
}
