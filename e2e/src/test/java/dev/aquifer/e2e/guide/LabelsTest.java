package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the guide about labels and annotations, against the code and the chart. */
class LabelsTest {
    /** Not the driver's name, nor the version of the API. */
    private static final Pattern KEY = Pattern.compile("(?<![.\\w])aquifer\\.dev/(?!v1)([a-z]+(?:-[a-z]+)*)");

    @Test
    void hasEveryKeyOfTheCodeAndNoOther() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : List.of("webhook/src/main", "sidecar/src/main")) {
            sources.addAll(ProjectFiles.below(folder, ".java"));
        }
        sources.addAll(ProjectFiles.below("manifests/chart/templates", ""));
        var used = new TreeSet<String>();
        for (Path source : sources) {
            if (Files.isRegularFile(source)) {
                used.addAll(keys(Files.readString(source)));
            }
        }

        assertThat(keys(Files.readString(ProjectFiles.DOCS.resolve("labels.md"))))
                .isEqualTo(used);
    }

    private static Set<String> keys(String text) {
        var keys = new TreeSet<String>();
        KEY.matcher(text).results().map(key -> key.group(1)).forEach(keys::add);
        return keys;
    }
}
