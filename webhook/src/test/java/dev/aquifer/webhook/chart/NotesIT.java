package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Helm tells whoever has installed the chart; {@code -Dgolden.write=true} writes it anew. */
class NotesIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private static final Path FILES = Path.of("src", "test", "resources", "chart");

    @ParameterizedTest
    @ValueSource(strings = {"least", "everything", "part-of-the-cluster", "part-of-the-namespaces"})
    void areAsWritten(String values) throws IOException {
        String notes = notes(values);
        Path golden = FILES.resolve("notes").resolve(values + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, notes);
        }

        assertThat(golden).content().isEqualTo(notes);
    }

    @Test
    void installTheOtherPartWithTheSameImage() {
        String command = notes("part-of-the-cluster")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("helm install "))
                .findFirst()
                .orElseThrow();
        String[] words = command.replace("helm install", "helm template")
                .replace("CHART", Release.CHART.toString())
                .replace("\"", "")
                .split(" ", -1);

        assertThat(api.command().run(words).succeeded())
                .contains("image: \"registry.example.org:5000/science/aquifer:3\"", "namespace: \"rendered\"");
    }

    private static String notes(String values) {
        String said = api.command()
                .run(
                        "helm",
                        "install",
                        "aquifer",
                        Release.CHART.toString(),
                        "--namespace=" + Release.NAMESPACE,
                        "--dry-run=client",
                        "--values=" + FILES.resolve("values").resolve(values + ".yaml"))
                .succeeded();
        String before = "\nNOTES:\n";
        assertThat(said).contains(before);
        return said.substring(said.lastIndexOf(before) + before.length());
    }
}
