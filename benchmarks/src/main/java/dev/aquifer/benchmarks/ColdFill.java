package dev.aquifer.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
 * behind it. Kinds: {@code node} (the command is that of {@code aquifer-node}), {@code new-origin} (the same, with an origin
 * that knows no digests), {@code plain} and {@code plain-hashed} (no command), and {@code command}.
 */
public final class ColdFill {
    private final Path source;
    private final Path own;
    private final BenchmarkKeys keys = new BenchmarkKeys();

    private ColdFill(Path source, Path own) {
        this.source = source;
        this.own = own;
    }

    public static void main(String[] args) throws IOException {
        new ColdFill(Path.of(args[1]), Path.of(args[2]))
                .measure(Integer.parseInt(args[0]), Arrays.asList(args).subList(3, args.length));
    }

    private void measure(int rounds, List<String> words) throws IOException {
        keys.writeEnrolment(own);
        keys.writeNode(own.resolve("node.p12"));
        var settings = keys.settings(source, own.resolve("state"));
        try (var desk = new EnrolmentDesk(keys, BenchmarkKeys.NODE);
                var plain = new PlainServer(source, keys.server().context());
                var origin = keys.serve(settings, new SimpleMeterRegistry())) {
            var order = new Random(rounds);
            var contenders = new ArrayList<Contender>();
            for (var group : Programs.split(words)) {
                contenders.add(contender(
                        group.get(0),
                        group.get(1),
                        group.subList(2, group.size()),
                        desk.address(),
                        origin.port(),
                        plain.port()));
            }
            for (int round = 0; round <= rounds; round++) {
                for (var contender : contenders) {
                    double seconds = copy(contender);
                    if (round > 0) { // the first is for the origin's digests and its compiler
                        System.out.printf(Locale.ROOT, "ROW\t%s\t%.3f%n", contender.name(), seconds);
                    }
                }
                Collections.shuffle(contenders, order); // or one would always come behind the same other
            }
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

    private Contender contender(String name, String kind, List<String> command, String enrolAt, int origin, int plain) {
        return switch (kind) {
            case "node" -> new NodeContender(name, command, enrolAt, origin);
            case "new-origin" -> new NewOriginContender(name, command, enrolAt, keys, source);
            case "plain" ->
                new CommandContender(name, PlainPull.command(own.resolve("node.p12"), plain, false, source));
            case "plain-hashed" ->
                new CommandContender(name, PlainPull.command(own.resolve("node.p12"), plain, true, source));
            case "command" -> new CommandContender(name, command);
            default -> throw new IllegalArgumentException("There is no kind '%s' of a contender".formatted(kind));
        };
    }
}
