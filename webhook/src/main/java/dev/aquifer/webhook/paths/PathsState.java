package dev.aquifer.webhook.paths;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a volume's directories, and what is to be done about them.
 *
 * @param ready the directories that pods can rely on
 * @param reason in camel case, for the condition PathsReady
 * @param message what holds and, if something is missing, what to do
 * @param makesNow whether the Job is to be made
 */
public record PathsState(Set<String> ready, Truth truth, String reason, String message, boolean makesNow) {

    /** The status of the condition. */
    public enum Truth {
        True,
        False,
        Unknown
    }

    /** How far the Job for this very work has come; none of them when there is no such Job. */
    public sealed interface JobState {

        /** It runs or waits to. */
        record Running() implements JobState {}

        /** It has ended with a report. */
        record Reported(DirectoryReport report) implements JobState {}

        /**
         * It has ended without one.
         *
         * @param uid of the Job
         */
        record Failed(String uid, String reason) implements JobState {}

        /**
         * It has ended since its time was up, perhaps before its pod ran.
         *
         * @param uid of the Job
         */
        record OutOfTime(String uid, String reason) implements JobState {}

        /** The API server does not take it. */
        record Refused(String reason) implements JobState {}
    }

    public PathsState {
        ready = Set.copyOf(ready);
    }

    /** The state when the owner makes the directories himself: they are taken to be there. */
    public static PathsState byHand(SortedSet<String> wanted) {
        return new PathsState(
                wanted,
                Truth.True,
                "ByHand",
                "spec.directories.make is false: %s taken to be there".formatted(list(wanted)),
                false);
    }

    /**
     * The same, where some role cannot be used although what was looked for is there.
     *
     * @param wrong null where nothing is
     */
    public PathsState unless(String why, @Nullable String wrong) {
        return wrong == null || truth != Truth.True ? this : new PathsState(ready, Truth.False, why, wrong, makesNow);
    }

    /** The state when no Job can reach the source. */
    public static PathsState noJob(SortedSet<String> wanted, Set<String> known) {
        return failed(both(wanted, known), "no Job can reach this source", missing(wanted, known), "");
    }

    /** The state before the source is there. */
    public static PathsState waiting(SortedSet<String> wanted, Set<String> known) {
        return new PathsState(
                both(wanted, known),
                Truth.Unknown,
                "SourceNotReady",
                "a Job will see to %s once the source is there, which condition SourceReady tells"
                        .formatted(String.join(", ", missing(wanted, known))),
                false);
    }

    /** The state when all of them are known to be there. */
    public static PathsState present(SortedSet<String> wanted) {
        return new PathsState(wanted, Truth.True, "Present", list(wanted) + " there", false);
    }

    /**
     * The state when a Job makes those that are not known to be there.
     *
     * @param known those that an earlier Job found or made
     * @param namespace of the Job for all of {@code wanted}
     * @param name of that Job
     * @param job null when there is none of that name
     */
    public static PathsState byJob(
            SortedSet<String> wanted, Set<String> known, String namespace, String name, @Nullable JobState job) {
        Set<String> ready = both(wanted, known);
        return switch (job) {
            case null -> making(ready, wanted, true);
            case JobState.Running() -> making(ready, wanted, false);
            case JobState.Failed(String _, String reason) ->
                failed(
                        ready,
                        "the Job that makes directories did not finish (%s)".formatted(reason),
                        missing(wanted, ready),
                        withinTheHour(namespace, name));
            case JobState.OutOfTime(String _, String reason) ->
                failed(
                        ready,
                        "the Job that makes directories ran out of time (%s)".formatted(reason),
                        missing(wanted, ready),
                        "; Events of its pod say what it waits for" + withinTheHour(namespace, name));
            case JobState.Refused(String reason) ->
                failed(
                        ready,
                        "the Job that makes directories was refused (%s)".formatted(reason),
                        missing(wanted, ready),
                        "; it is tried again every five minutes");
            case JobState.Reported(DirectoryReport report) -> reported(wanted, report, withinTheHour(namespace, name));
        };
    }

    private static PathsState making(Set<String> ready, SortedSet<String> wanted, boolean now) {
        List<String> work = new ArrayList<>();
        wanted.stream().filter(VolumeRoot::is).forEach(root -> work.add("looks for " + root));
        String made = wanted.stream().filter(path -> !VolumeRoot.is(path)).collect(Collectors.joining(", "));
        if (!made.isEmpty()) {
            work.add("makes what is missing of " + made);
        }
        return new PathsState(ready, Truth.Unknown, "Making", "a Job " + String.join(" and ", work), now);
    }

    private static String withinTheHour(String namespace, String name) {
        return "; the Job is made anew within the hour, or within five minutes when you delete it (kubectl delete job -n %s %s)"
                .formatted(namespace, name);
    }

    private static PathsState reported(SortedSet<String> wanted, DirectoryReport report, String again) {
        Set<String> failed = report.failures().stream()
                .map(DirectoryReport.Failure::path)
                .collect(Collectors.toCollection(TreeSet::new));
        if (report.failed() == 0) {
            return present(wanted);
        }
        if (report.lacksTheRoot()) {
            return new PathsState(Set.of(), Truth.False, "NoSubdirectory", withoutRoot(report) + again, false);
        }
        // of failures that the report has no room for nothing is known but their number
        boolean whole = report.failed() == failed.size();
        return failed(whole ? missing(wanted, failed) : Set.of(), reasons(report), failed, again);
    }

    private static String withoutRoot(DirectoryReport report) {
        return "%s; correct spec.source.subdirectory, or make it in the source by hand (nobody else does); if it is there, set spec.directories.runAsUser to a user that may look at it"
                .formatted(reasons(report));
    }

    private static String reasons(DirectoryReport report) {
        return report.failures().stream()
                .map(failure -> "%s: %s".formatted(failure.path(), failure.reason()))
                .collect(Collectors.joining("; "));
    }

    private static PathsState failed(Set<String> ready, String found, Set<String> missing, String again) {
        return new PathsState(ready, Truth.False, "NotMade", found + "; " + remedy(missing) + again, false);
    }

    /** Nobody is told to make a subdirectory of which it is not known whether it is missing or mistyped. */
    private static String remedy(Set<String> missing) {
        String made = missing.stream().filter(path -> !VolumeRoot.is(path)).collect(Collectors.joining(", "));
        String remedy = missing.stream()
                .filter(VolumeRoot::is)
                .map("see to it that %s is in the source, as spec.source.subdirectory says; "::formatted)
                .collect(Collectors.joining());
        return made.isEmpty()
                ? remedy + "then set spec.directories.make to false, and no Job is needed"
                : remedy
                        + "make %s in the source by hand and set spec.directories.make to false, or set spec.directories.runAsUser to a user that may make them"
                                .formatted(made);
    }

    private static Set<String> both(SortedSet<String> wanted, Set<String> known) {
        Set<String> both = new TreeSet<>(wanted);
        both.retainAll(known);
        return both;
    }

    private static Set<String> missing(SortedSet<String> wanted, Set<String> without) {
        Set<String> rest = new TreeSet<>(wanted);
        rest.removeAll(without);
        return rest;
    }

    private static String list(Set<String> names) {
        if (names.isEmpty()) {
            return "no directory is needed, so all are";
        }
        return String.join(", ", names) + (names.size() == 1 ? " is" : " are");
    }
}
