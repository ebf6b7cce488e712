package dev.aquifer.e2e.network;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the programs of a pod listen, as the kernel of this machine says. */
final class Listeners {
    /** {@code TCP_LISTEN} of net/tcp_states.h, as the tables of sockets have it. */
    private static final String LISTENING = "0A";

    private static final int HEXADECIMAL = 16;

    private Listeners() {}

    /** The TCP ports, of all addresses. */
    static Set<Integer> ports(Pod pod) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> read(process.resolve("cgroup"))
                            .contains(pod.getMetadata().getUid()))
                    .flatMap(process -> Stream.of("net/tcp", "net/tcp6").map(process::resolve))
                    .flatMap(table -> read(table).lines().skip(1))
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(columns -> columns[3].equals(LISTENING))
                    .map(columns -> Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), HEXADECIMAL))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for what is no process, or no longer one. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException none) {
            return "";
        }
    }
}
