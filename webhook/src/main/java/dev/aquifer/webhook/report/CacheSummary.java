package dev.aquifer.webhook.report;

import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.report.CacheState.Trouble;
import dev.aquifer.webhook.report.DatasetReport.LeftOut;
import dev.aquifer.webhook.report.DatasetReport.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums up what nodes say of one dataset. Pure. */
final class CacheSummary {
    /** Origins start anew, and nodes ask again, without anybody doing something. */
    private static final Duration GONE = Duration.ofMinutes(2);

    private final Map<String, DatasetReport> nodes;
    private final Instant now;

    /** @param nodes what each says, by name */
    CacheSummary(Map<String, DatasetReport> nodes, Instant now) {
        // the same node is named each time
        this.nodes = new TreeMap<>(nodes);
        this.now = now;
    }

    CacheState state() {
        return new CacheState(counts(), snapshot(), trouble(), remarks());
    }

    private NodeCounts counts() {
        return new NodeCounts(
                count(report -> report.state().isComplete()),
                count(report -> report.state() == DatasetState.FILLING),
                count(report -> report.state() == DatasetState.REFUSED),
                count(report -> report.state() == DatasetState.UNSELECTED));
    }

    private int count(Predicate<DatasetReport> which) {
        return (int) nodes.values().stream().filter(which).count();
    }

    /** The one that the source was last seen to be like; where that is not known, the one that most nodes have. */
    private @Nullable String snapshot() {
        Map<String, Long> shown = reports()
                .map(DatasetReport::snapshot)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return shown.keySet().stream()
                .max(Comparator.comparing(this::takenAt).thenComparing(shown::get))
                .orElse(null);
    }

    private Instant takenAt(String snapshot) {
        return reports()
                .filter(report -> snapshot.equals(report.snapshot()) && report.takenAt() != null)
                .map(report -> Objects.requireNonNull(report.takenAt()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private @Nullable Trouble trouble() {
        return Stream.of(refused(), damaged(), changing(), inTheWay(), unreachable())
                .flatMap(List::stream)
                .findFirst()
                .orElse(null);
    }

    private List<Trouble> refused() {
        return first(report -> report.state() == DatasetState.REFUSED, (node, report) -> {
            Refusal refusal = Objects.requireNonNullElse(report.refusal(), new Refusal("", "no reason was given"));
            return new Trouble(
                    reason(refusal.code()),
                    "%s: %s"
                            .formatted(
                                    on(node, count(other -> other.state() == DatasetState.REFUSED), "cannot fill"),
                                    refusal.message()));
        });
    }

    private static String reason(String code) {
        return switch (code) {
            case "RESOURCE_EXHAUSTED" -> "NoRoom";
            case "FAILED_PRECONDITION" -> "SourceRefused";
            default -> "FillFailed";
        };
    }

    private List<Trouble> damaged() {
        return first(
                report -> report.damaged() != null,
                (node, report) -> new Trouble(
                        "SnapshotDamaged",
                        "%s: %s. Pods that run there may read wrong bytes: end them, and new ones get a new snapshot"
                                .formatted(
                                        on(node, count(other -> other.damaged() != null), "has a damaged snapshot"),
                                        report.damaged())));
    }

    private List<Trouble> changing() {
        return first(
                report -> !report.changing().isEmpty() && report.state() != DatasetState.READY,
                (node, report) -> new Trouble(
                        "SourceKeepsChanging",
                        "nodes wait for files that change again and again: %s. Replace files by rename, or set cache.onChange: Skip"
                                .formatted(String.join(", ", report.changing()))));
    }

    private List<Trouble> inTheWay() {
        return first(
                report -> !report.mountPointsInTheWay().isEmpty(),
                (node, report) -> new Trouble(
                        "MountPointTaken",
                        "roles need a directory where the source has something else: %s. Rename that, or change the role's path"
                                .formatted(String.join(", ", report.mountPointsInTheWay()))));
    }

    private List<Trouble> unreachable() {
        return first(
                this::isCutOff,
                (node, report) -> new Trouble(
                        "OriginUnreachable",
                        "%s since %s; what is complete goes on serving. Look at the origin's log, and at NetworkPolicies between it and the node agents"
                                .formatted(
                                        on(node, count(this::isCutOff), "gets no answer from the origin"),
                                        report.originGoneSince())));
    }

    private boolean isCutOff(DatasetReport report) {
        Instant since = report.originGoneSince();
        return since != null && since.plus(GONE).isBefore(now);
    }

    private String remarks() {
        Map<String, LeftOut> leftOut = new TreeMap<>();
        reports().flatMap(report -> report.leftOut().stream()).forEach(one -> leftOut.put(one.reason(), one));
        List<String> parts = new ArrayList<>();
        leftOut.values().forEach(one -> parts.add(shown(one)));
        return parts.isEmpty() ? "" : "left out of the cache: " + String.join(", ", parts);
    }

    private static String shown(LeftOut one) {
        String what = one.reason().toLowerCase(Locale.ROOT).replace('_', ' ');
        String examples = String.join(", ", one.examples());
        return one.examples().isEmpty()
                ? "%d %s".formatted(one.count(), what)
                : "%d %s (%s%s)"
                        .formatted(
                                one.count(),
                                what,
                                examples,
                                one.count() > one.examples().size() ? ", …" : "");
    }

    private static String on(String node, int count, String what) {
        return count == 1
                ? "node %s %s".formatted(node, what)
                : "node %s %s, and so it is with %d others".formatted(node, what, count - 1);
    }

    private Stream<DatasetReport> reports() {
        return nodes.values().stream();
    }

    private List<Trouble> first(Predicate<DatasetReport> which, Describer describer) {
        return nodes.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .limit(1)
                .map(entry -> describer.describe(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Says what one node's report means. */
    @FunctionalInterface
    private interface Describer {
        Trouble describe(String node, DatasetReport report);
    }
}
