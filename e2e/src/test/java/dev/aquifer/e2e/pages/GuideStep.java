package dev.aquifer.e2e.pages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reader of a page of the guide does, one block of the page after the other. */
public sealed interface GuideStep {
    /** Where it stands, for people. */
    String place();

    /** Writes a file, which the page says by a comment {@code file: NAME} before the block. */
    record Save(String place, String file, String text) implements GuideStep {}

    /**
     * Runs commands.
     *
     * @param output what they print, among other things; {@code …} stands for anything within a line
     */
    record Run(String place, String script, List<String> output) implements GuideStep {

        /** Found in what the commands print if they print what the page says, in its order. */
        public Pattern expected() {
            return Pattern.compile(output.stream()
                    .map(line -> Arrays.stream(line.split("…", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*")))
                    .collect(Collectors.joining("[\\s\\S]*")));
        }
    }

    /** Commands that cannot be run here: the page's source says why by a comment {@code not run: REASON}. */
    record Leave(String place, String reason) implements GuideStep {}

    /**
     * The steps of a page in their order.
     *
     * @throws IllegalArgumentException naming a block that is neither commands, their output nor text to read
     */
    static List<GuideStep> of(Path page) throws IOException {
        List<GuideStep> steps = new ArrayList<>();
        List<Fence> fences = Markdown.read(page).fences();
        for (int i = 0; i < fences.size(); i++) {
            Fence fence = fences.get(i);
            String place = page.getFileName() + ":" + fence.line();
            String file = after("file: ", fence.note());
            switch (fence.language()) {
                case "sh" -> steps.add(commands(place, fence, i + 1 < fences.size() ? fences.get(i + 1) : null));
                case "yaml" -> {
                    if (file != null) {
                        steps.add(new Save(place, file, fence.text()));
                    }
                }
                case "mermaid", "text" -> {}
                case "output" -> requireCommandsBefore(place, i == 0 ? null : fences.get(i - 1));
                default ->
                    throw new IllegalArgumentException(
                            "%s: expected a block of sh, output, yaml, mermaid or text, found '%s'"
                                    .formatted(place, fence.language()));
            }
        }
        return steps;
    }

    private static GuideStep commands(String place, Fence fence, @Nullable Fence next) {
        String reason = after("not run: ", fence.note());
        if (reason != null) {
            return new Leave(place, reason);
        }
        List<String> output = next != null && next.language().equals("output")
                ? next.text().lines().toList()
                : List.of();
        return new Run(place, fence.text(), output);
    }

    private static void requireCommandsBefore(String place, @Nullable Fence before) {
        if (before == null || !before.language().equals("sh")) {
            throw new IllegalArgumentException(place + ": expected commands right before their output, found none");
        }
    }

    private static @Nullable String after(String key, @Nullable String note) {
        return note != null && note.startsWith(key) ? note.substring(key.length()) : null;
    }
}
