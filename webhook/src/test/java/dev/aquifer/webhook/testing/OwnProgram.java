package dev.aquifer.webhook.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of this build in a JVM of their own, with the classes that tests have. */
public final class OwnProgram {
    private OwnProgram() {}

    /** The words that start one. */
    public static List<String> line(Class<?> main, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        Stream.of(arguments))
                .toList();
    }
}
