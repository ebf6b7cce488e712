package dev.aquifer.e2e.cluster;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one cluster occupies on this machine, found by looking at the machine and not by asking the cluster. Only what can
 * be told from other clusters counts, since those may come and go meanwhile.
 *
 * @param state the cluster's folder
 * @param links its interfaces here, each with the index that no later one gets, as in {@code 57: aq-10-200}
 * @param networks the network namespaces its processes were in, as in {@code net:[4026532271]}
 */
record Footprint(Path state, Set<String> links, Set<String> networks) {

    /** In the environment of every program of a cluster, with the cluster's folder. */
    private static final String MARK = "AQUIFER_CLUSTER_STATE=";

    /** One thing: what kind it is, and which. */
    record Trace(String kind, String what) {}

    /** Looks at a cluster that is up, or half up. */
    static Footprint of(Cluster cluster) {
        var state = Path.of("/var/tmp/aquifer-0", cluster.name());
        var links = lines(state.resolve("settings"))
                .filter(line -> line.startsWith("link="))
                .map(line -> line.substring("link=".length()))
                .flatMap(Footprint::linksNamed)
                .collect(Collectors.toSet());
        var here = network(Path.of("/proc/self"));
        var networks = processes()
                .filter(process -> isOf(state, process))
                .map(Footprint::network)
                .filter(network -> !network.isEmpty() && !network.equals(here))
                .collect(Collectors.toSet());
        return new Footprint(state, links, networks);
    }

    /** All of it that is there now. */
    Collection<Trace> present() {
        return Stream.of(
                        processes().filter(this::isMine).map(process -> new Trace("process", describe(process))),
                        processes().flatMap(this::mountsSeenBy),
                        cgroups().map(group -> new Trace("cgroup", group)),
                        links.stream()
                                .filter(link -> linksNamed(link.substring(link.indexOf(' ') + 1))
                                        .anyMatch(link::equals))
                                .map(link -> new Trace("link", link)),
                        Stream.of(state).filter(Files::exists).map(folder -> new Trace("folder", folder.toString())))
                .flatMap(traces -> traces)
                .toList();
    }

    private boolean isMine(Path process) {
        return isOf(state, process) || (networks.contains(network(process)) && !isOfAnother(process));
    }

    /** Once a network is gone, the kernel gives its number to the next: that may be another cluster's. */
    private boolean isOfAnother(Path process) {
        return !isOf(state, process)
                && (text(process.resolve("environ")).contains(MARK)
                        || text(process.resolve("cgroup")).contains("/aquifer."));
    }

    /** A program of the cluster carries its mark; what runs in a container is in a control group of a node. */
    private static boolean isOf(Path state, Path process) {
        return text(process.resolve("environ")).contains(MARK + state + "\0")
                || text(process.resolve("cgroup")).contains("/aquifer." + state.getFileName() + ".node");
    }

    private Stream<Trace> mountsSeenBy(Path process) {
        boolean another = isOfAnother(process);
        return lines(process.resolve("mountinfo"))
                .filter(mount -> mount.contains(state + "/")
                        || (!another && networks.stream().anyMatch(mount::contains)))
                .map(mount -> new Trace("mount", process.getFileName() + " sees " + mount));
    }

    private Stream<String> cgroups() {
        var found = Command.of(
                        "find",
                        "/sys/fs/cgroup",
                        "-maxdepth",
                        "2",
                        "-name",
                        "aquifer." + state.getFileName() + ".node*")
                .run();
        return found.lines();
    }

    private static Stream<String> linksNamed(String name) {
        return lines(Path.of("/sys/class/net", name, "ifindex")).map(index -> index + ": " + name);
    }

    private static String describe(Path process) {
        return process.getFileName() + " " + text(process.resolve("cmdline")).replace('\0', ' ');
    }

    private static String network(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("ns/net")).toString();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** Those that run: the command line of one that only waits to be reaped is empty. */
    private static Stream<Path> processes() {
        try (var all = Files.list(Path.of("/proc"))) {
            return all
                    .filter(path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(process -> !text(process.resolve("cmdline")).isEmpty())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the processes of this machine", e);
        }
    }

    private static Stream<String> lines(Path file) {
        return text(file).lines();
    }

    /** Empty if there is no such file, or no longer. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
