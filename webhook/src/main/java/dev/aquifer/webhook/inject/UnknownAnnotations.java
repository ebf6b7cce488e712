package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.entitlement.Excerpt;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Annotations of a pod that look like Aquifer's and are none, and labels in their place: most are a slip, and without a word
 * nobody would notice.
 */
final class UnknownAnnotations {
    private static final String PREFIX = "aquifer.dev/";

    /** Those that people write. */
    private static final List<String> WRITTEN =
            List.of(PodAnnotations.VOLUMES, PodAnnotations.CONTAINERS, PodAnnotations.INJECT);

    /** A few are enough to make somebody look. */
    private static final int MOST = 3;

    private UnknownAnnotations() {}

    /** A sentence for each of the first few, with the known one that is most like it; none for most pods. */
    static List<String> warnings(Pod pod) {
        List<String> annotations = some(unknown(pod), UnknownAnnotations::warning);
        List<String> labels = some(misplaced(pod), UnknownAnnotations::misplacedWarning);
        if (labels.isEmpty()) {
            return annotations;
        }
        List<String> both = new ArrayList<>(annotations);
        both.addAll(labels);
        return both;
    }

    private static List<String> some(List<String> keys, UnaryOperator<String> sentence) {
        return keys.isEmpty()
                ? keys
                : keys.stream().sorted().limit(MOST).map(sentence).toList();
    }

    /** Labels with the key of an annotation. */
    private static List<String> misplaced(Pod pod) {
        List<String> misplaced = List.of();
        for (String key : pod.labels().keySet()) {
            if (isOurs(key) && WRITTEN.stream().anyMatch(key::equalsIgnoreCase)) {
                misplaced = misplaced.isEmpty() ? new ArrayList<>() : misplaced;
                misplaced.add(key);
            }
        }
        return misplaced;
    }

    private static String misplacedWarning(String key) {
        return "label %s does nothing on a pod: write annotation %s".formatted(Excerpt.of(key), nearest(key));
    }

    private static boolean isOurs(String key) {
        return key.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    private static List<String> unknown(Pod pod) {
        List<String> unknown = List.of();
        for (String key : pod.annotations().keySet()) {
            if (isOurs(key) && !key.equals(PodAnnotations.INJECTED) && !WRITTEN.contains(key)) {
                unknown = unknown.isEmpty() ? new ArrayList<>() : unknown;
                unknown.add(key);
            }
        }
        return unknown;
    }

    private static String warning(String key) {
        return "annotation %s is none of Aquifer's for pods, and does nothing; did you mean %s?"
                .formatted(Excerpt.of(key), nearest(key));
    }

    private static String nearest(String key) {
        return Objects.requireNonNull(Collections.min(
                WRITTEN, Comparator.comparingInt(known -> distance(key.toLowerCase(Locale.ROOT), known))));
    }

    /** How many characters are to be added, taken out or replaced to make the one of the other (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
