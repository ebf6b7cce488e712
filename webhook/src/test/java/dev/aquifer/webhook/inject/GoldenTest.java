package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Walks {@code src/test/resources/inject/} and {@code guard/}: each folder is a case, its {@code decision.json} what must
 * come out of injection, or of the guard. With {@code -Dgolden.write=true} the decisions are written anew, to be read
 * before they are committed.
 */
class GoldenTest {
    private static final Path INJECT = Path.of("src/test/resources/inject");
    private static final Path GUARD = Path.of("src/test/resources/guard");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    @TestFactory
    Stream<DynamicTest> decidesAsWritten() throws IOException {
        return cases(INJECT).stream()
                .map(folder -> dynamicTest(
                        folder.getFileName().toString(),
                        () -> compare(folder, Case.read(folder).decide())));
    }

    @TestFactory
    Stream<DynamicTest> guardsAsWritten() throws IOException {
        return cases(GUARD).stream()
                .map(folder -> dynamicTest(
                        folder.getFileName().toString(),
                        () -> compare(folder, Case.read(folder).guard())));
    }

    @TestFactory
    Stream<DynamicTest> letsEverythingThatWasInjectedPass() throws IOException {
        return cases(INJECT).stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
                    Case first = Case.read(folder);
                    if (first.decide() instanceof Admit admit) {
                        assertThat(first.after(admit).guard()).isInstanceOf(Admit.class);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> leavesAPodAsItIsTheSecondTime() throws IOException {
        return cases(INJECT).stream()
                .map(folder -> dynamicTest(folder.getFileName().toString(), () -> {
                    Case first = Case.read(folder);
                    Decision decision = first.decide();
                    Decision again = first.after(decision).decide();
                    if (decision instanceof Admit) {
                        assertThat(again)
                                .isInstanceOfSatisfying(
                                        Admit.class,
                                        admit -> assertThat(admit.patch())
                                                .asString()
                                                .isEmpty());
                    } else {
                        assertThat(again).isEqualTo(decision);
                    }
                }));
    }

    @Test
    void thereAreAtLeastFortyCases() throws IOException {
        assertThat(cases(INJECT)).hasSizeGreaterThanOrEqualTo(40);
    }

    private static void compare(Path folder, Decision decision) throws IOException {
        String found = pretty(decision);
        Path golden = folder.resolve("decision.json");
        if (WRITE) {
            Files.writeString(golden, found);
        }
        assertThat(found).isEqualTo(Files.readString(golden));
    }

    private static List<Path> cases(Path group) throws IOException {
        try (Stream<Path> folders = Files.list(group)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String pretty(Decision decision) throws IOException {
        ObjectNode json = Case.JSON.createObjectNode();
        json.put("reason", decision.reason().label());
        switch (decision) {
            case Admit admit -> json.set("patch", patch(admit));
            case Deny deny -> json.put("denied", deny.message());
        }
        if (!decision.warnings().isEmpty()) {
            json.set("warnings", Case.JSON.valueToTree(decision.warnings()));
        }
        return json.toPrettyString() + "\n";
    }

    private static JsonNode patch(Admit admit) throws IOException {
        return admit.patch().length == 0 ? Case.JSON.createArrayNode() : Case.JSON.readTree(admit.patch());
    }
}
