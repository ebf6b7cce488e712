package dev.aquifer.e2e.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be checked of a Markdown file.
 *
 * @param anchors of its headings, as GitHub makes them
 * @param links that stand outside of code
 */
public record Markdown(Path file, List<String> anchors, List<String> links, List<Fence> fences) {
    private static final String FENCE = "```";
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern COMMENT = Pattern.compile("<!-- (.+) -->");

    /** Reads a file, whose blocks must end. */
    public static Markdown read(Path file) throws IOException {
        List<String> anchors = new ArrayList<>();
        List<String> links = new ArrayList<>();
        List<Fence> fences = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                int end = end(lines, i, file);
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                fences.add(new Fence(
                        i + 1, note(lines, i), line.substring(FENCE.length()).strip(), text));
                i = end;
                continue;
            }
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                anchors.add(anchor(heading.group(1)));
            }
            LINK.matcher(CODE.matcher(line).replaceAll("`code`"))
                    .results()
                    .map(link -> link.group(1))
                    .forEach(links::add);
        }
        return new Markdown(file, List.copyOf(anchors), List.copyOf(links), List.copyOf(fences));
    }

    private static int end(List<String> lines, int fence, Path file) {
        for (int i = fence + 1; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE)) {
                return i;
            }
        }
        throw new IllegalArgumentException("%s:%d: the block does not end".formatted(file, fence + 1));
    }

    private static @Nullable String note(List<String> lines, int fence) {
        Matcher comment = COMMENT.matcher(fence == 0 ? "" : lines.get(fence - 1));
        return comment.matches() ? comment.group(1) : null;
    }

    /** That of a heading, as GitHub makes it. */
    public static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
