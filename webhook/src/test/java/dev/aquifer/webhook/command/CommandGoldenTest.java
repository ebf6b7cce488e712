package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks {@code src/test/resources/command/}: each folder has the arguments of one run and the files that they name, else
 * those beside all cases; {@code answer.txt} is what must come out. With {@code -Dgolden.write=true} the answers are
 * written anew, to be read before they are committed.
 */
class CommandGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/command");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    @TestFactory
    Stream<DynamicTest> answersAsWritten() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(folder -> dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
        }
    }

    private static void compare(Path folder) throws IOException {
        String[] arguments = Arrays.stream(
                        Files.readString(folder.resolve("arguments")).strip().split(" ", -1))
                .filter(argument -> !argument.isEmpty())
                .map(argument -> argument.endsWith(".yaml") ? file(folder, argument) : argument)
                .toArray(String[]::new);
        String found = Run.of(arguments).text();
        Path golden = folder.resolve("answer.txt");
        if (WRITE) {
            Files.writeString(golden, found);
        }
        assertThat(found).isEqualTo(Files.readString(golden));
    }

    private static String file(Path folder, String name) {
        Path beside = folder.resolveSibling(name);
        return (Files.exists(beside) ? beside : folder.resolve(name)).toString();
    }
}
