package dev.aquifer.e2e.guide;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows of the guide's page of metrics: of what programs print at {@code /metrics}, and of the page. */
final class MetricsPage {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private MetricsPage() {}

    /**
     * A row for each metric of ours.
     *
     * @param scraped texts of replicas of one program, in Prometheus' format
     */
    static List<String> rows(Collection<String> scraped) {
        Map<String, String> helps = new TreeMap<>();
        Map<String, String> kinds = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : scraped.stream().flatMap(String::lines).toList()) {
            if (line.startsWith("# HELP ")) {
                helps.put(word(line, 2), line.split(" ", 4)[3]);
            } else if (line.startsWith("# TYPE ")) {
                kinds.put(word(line, 2), word(line, 3));
            } else {
                note(line, kinds, labels);
            }
        }
        return kinds.keySet().stream()
                .filter(name -> name.startsWith("aquifer_"))
                .filter(name -> !(name.endsWith("_max") && kinds.containsKey(name.substring(0, name.length() - 4))))
                .map(name -> "| `%s%s` | %s | %s |"
                        .formatted(
                                name,
                                inBraces(labels.getOrDefault(name, new TreeSet<>())),
                                kinds.get(name),
                                helps.get(name)))
                .toList();
    }

    /** The first words of the names of all metrics that are not ours. */
    static List<String> others(Collection<String> scraped) {
        return scraped.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("# TYPE ") && !line.startsWith("# TYPE aquifer_"))
                .map(line -> word(line, 2).split("_", 2)[0] + "_")
                .distinct()
                .sorted()
                .toList();
    }

    /** The rows under a heading of the page. */
    static List<String> rowsUnder(String heading, Stream<String> page) {
        return page.dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();
    }

    /** The page with other rows under a heading. */
    static List<String> with(String heading, List<String> rows, List<String> page) {
        List<String> before = rowsUnder(heading, page.stream());
        int at = page.indexOf("## " + heading);
        int first = at + page.subList(at, page.size()).indexOf(before.getFirst());
        List<String> written = new ArrayList<>(page);
        written.subList(first, first + before.size()).clear();
        written.addAll(first, rows);
        return written;
    }

    private static void note(String line, Map<String, String> kinds, Map<String, Set<String>> labels) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches() || sample.group(2) == null) {
            return;
        }
        String name = sample.group(1);
        String family = kinds.containsKey(name) ? name : name.replaceFirst("_(bucket|count|sum)$", "");
        Set<String> known = labels.computeIfAbsent(family, none -> new TreeSet<>());
        LABEL.matcher(sample.group(2))
                .results()
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le") && !label.equals("quantile"))
                .forEach(known::add);
    }

    private static String inBraces(Collection<String> labels) {
        return labels.isEmpty() ? "" : "{" + String.join(",", new ArrayList<>(labels)) + "}";
    }

    private static String word(String line, int index) {
        return line.split(" ", -1)[index];
    }
}
