package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Copies a folder onto this machine's disk, by one contender after the other, round by round, and prints the seconds of each
 * copy. Arguments: rounds, the folder, an own folder, and each contender: its name, its kind, its command, and {@code --}
 * behind it. Kinds: {@code node} (the command is that of {@code aquifer-node}, of which its origin is started too),
 * {@code new-origin} (the same, with an origin that knows no digests), {@code plain} and {@code plain-hashed} (no command), and
 * {@code command}.
 */
public final class ColdFill {
    private final Path source;
    private final Path own;
    private final BenchmarkKeys keys = new BenchmarkKeys();
    private final List<Contender> contenders = new ArrayList<>();

    private ColdFill(Path source, Path own) {
        this.source = source;
        this.own = own;
    }

    public static void main(String[] args) throws IOException {
        new ColdFill(Path.of(args[1]), Path.of(args[2]))
                .measure(Integer.parseInt(args[0]), Arrays.asList(args).subList(3, args.length));
    }

    private void measure(int rounds, List<String> words) throws IOException {
        keys.writeNode(own.resolve("node.p12"));
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE, own);
                var plain = new PlainServer(source, keys.server().context())) {
            for (var group : Programs.split(words)) {
                contenders.add(
                        contender(group.get(0), group.get(1), group.subList(2, group.size()), desk, plain.port()));
            }
            compare(rounds);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private void compare(int rounds) throws IOException {
        var order = new Random(rounds);
        for (int round = 0; round <= rounds; round++) {
            for (var contender : contenders) {
                double seconds = copy(contender);
                if (round > 0) { // the first is for the origins' digests and their compilers
                    System.out.printf(Locale.ROOT, "ROW\t%s\t%.3f%n", contender.name(), seconds);
                }
            }
            Collections.shuffle(contenders, order); // or one would always come behind the same other
        }
    }

    private double copy(Contender contender) throws IOException {
        var folder = Files.createDirectory(own.resolve("contender"));
        try {
            return contender.copy(folder);
        } finally {
            NodePair.remove(folder);
            Programs.run(
                    List.of("sync", "--file-system", own.toString())); // what a disk does about files that are gone
        }
    }

    private Contender contender(String name, String kind, List<String> command, EnrolmentDesk desk, int plain)
            throws IOException {
        return switch (kind) {
            case "node" -> {
                var folder = Files.createTempDirectory(own, "origin");
                yield new NodeContender(name, command, desk, new OriginProgram(command, source, folder, keys));
            }
            case "new-origin" -> new NewOriginContender(name, command, desk, keys, source);
            case "plain" ->
                new CommandContender(name, PlainPull.command(own.resolve("node.p12"), plain, false, source));
            case "plain-hashed" ->
                new CommandContender(name, PlainPull.command(own.resolve("node.p12"), plain, true, source));
            case "command" -> new CommandContender(name, command);
            default -> throw new IllegalArgumentException("There is no kind '%s' of a contender".formatted(kind));
        };
    }
}
