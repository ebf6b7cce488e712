package dev.aquifer.node.cli;

import dev.aquifer.node.csi.DriverSettings;
import dev.aquifer.node.linux.SocketPath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * All that an operator can choose for {@code aquifer-node mount}. Only values that can work pass; each message begins
 * with the option to change.
 *
 * @param cache the cache's folder, as in the other process
 * @param fetchSocket where the other process listens
 * @param mountSocket where this process tells the other what is mounted
 */
record MountSettings(DriverSettings driver, Path cache, Path fetchSocket, Path mountSocket) {
    private static final Pattern NODE = Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    MountSettings {
        Wrong.unless(NODE.matcher(driver.node()).matches(), "--node-name", "the name of a node", driver.node());
        requireSocket("--endpoint", driver.endpoint());
        requireSocket("--kubelet-endpoint", driver.kubeletEndpoint());
        requireSocket("--registration", driver.registration());
        requireSocket("--fetch-socket", fetchSocket);
        requireSocket("--mount-socket", mountSocket);
        Wrong.unless(driver.kubelet().getNameCount() > 0, "--kubelet-root", "a folder other than /", driver.kubelet());
        Wrong.unless(
                !driver.endpoint().equals(driver.registration()),
                "--registration",
                "a socket other than --endpoint",
                driver.registration());
    }

    private static void requireSocket(String option, Path path) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        Wrong.unless(
                length <= SocketPath.LONGEST, option, "a path of at most %d bytes".formatted(SocketPath.LONGEST), path);
    }
}
