package dev.aquifer.webhook.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What kubectl wants to hear of a plugin's {@code kubectl_complete-NAME}: a line for each word that may stand in the place
 * of the last one, and what its shell is to do (cobra, ShellCompDirective).
 */
final class KubectlCompletion {
    /** Nothing but the words. */
    private static final String NO_FILES = ":4";
    /** What the shell does by itself: names of files. */
    private static final String DEFAULT = ":0";

    private KubectlCompletion() {}

    /** @param line all of the command line behind the plugin's name; the last, empty perhaps, is being written */
    static String of(List<String> line, CommandSpec command) {
        List<String> written = line.isEmpty() ? List.of("") : line;
        String last = written.getLast();
        List<CharSequence> candidates = new ArrayList<>();
        AutoComplete.complete(command, written.toArray(String[]::new), written.size() - 1, 0, 0, candidates);
        List<String> words = candidates.stream()
                .map(candidate -> asTyped(candidate.toString()))
                .filter(word -> word.startsWith(last))
                .sorted()
                .toList();
        return words.stream().map(word -> word + "\n").collect(Collectors.joining())
                + (words.isEmpty() ? DEFAULT : NO_FILES)
                + "\n";
    }

    /** Values are taken in either case, and nobody types capitals. */
    private static String asTyped(String candidate) {
        return candidate.startsWith("-") ? candidate : candidate.toLowerCase(Locale.ROOT);
    }
}
