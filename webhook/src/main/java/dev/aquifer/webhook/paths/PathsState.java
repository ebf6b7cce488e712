package dev.aquifer.webhook.paths;

import java.util.List;
import java.util.Set;
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

        /** It has ended without one. */
        record Failed(String reason) implements JobState {}

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
    public static PathsState byHand(List<RequiredPath> required) {
        return new PathsState(
                names(required),
                Truth.True,
                "ByHand",
                "spec.directories.make is false: %s taken to be there".formatted(list(names(required))),
                false);
    }

    /** The state when no Job can reach the source. */
    public static PathsState noJob(List<RequiredPath> required, Set<String> known) {
        Set<String> wanted = names(required);
        return failed(both(wanted, known), "no Job can reach this source", missing(wanted, known), "");
    }

    /** The state before the source is there. */
    public static PathsState waiting(List<RequiredPath> required, Set<String> known) {
        Set<String> wanted = names(required);
        return new PathsState(
                both(wanted, known),
                Truth.Unknown,
                "SourceNotReady",
                "a Job will make %s once the source is there, which condition SourceReady tells"
                        .formatted(String.join(", ", missing(wanted, known))),
                false);
    }

    /** The state when all of them are known to be there. */
    public static PathsState present(List<RequiredPath> required) {
        return present(names(required));
    }

    private static PathsState present(Set<String> wanted) {
        return new PathsState(wanted, Truth.True, "Present", list(wanted) + " there", false);
    }

    /**
     * The state when a Job makes those that are not known to be there.
     *
     * @param known those that an earlier Job found or made
     * @param name of the Job for all of {@code required}
     * @param job null when there is none of that name
     */
    public static PathsState byJob(
            List<RequiredPath> required, Set<String> known, String name, @Nullable JobState job) {
        Set<String> wanted = names(required);
        Set<String> ready = both(wanted, known);
        return switch (job) {
            case null -> making(ready, wanted, true);
            case JobState.Running() -> making(ready, wanted, false);
            case JobState.Failed(String reason) ->
                failed(
                        ready,
                        "the Job that makes directories did not finish (%s)".formatted(reason),
                        missing(wanted, ready),
                        withinTheHour(name));
            case JobState.OutOfTime(String _, String reason) ->
                failed(
                        ready,
                        "the Job that makes directories ran out of time (%s)".formatted(reason),
                        missing(wanted, ready),
                        "; Events of its pod say what it waits for" + withinTheHour(name));
            case JobState.Refused(String reason) ->
                failed(
                        ready,
                        "the Job that makes directories was refused (%s)".formatted(reason),
                        missing(wanted, ready),
                        "; it is tried again every five minutes");
            case JobState.Reported(DirectoryReport report) -> reported(wanted, report, name);
        };
    }

    private static PathsState making(Set<String> ready, Set<String> wanted, boolean now) {
        return new PathsState(ready, Truth.Unknown, "Making", "a Job makes what is missing of " + list(wanted), now);
    }

    private static String withinTheHour(String name) {
        return "; the Job is made anew within the hour, or within five minutes when you delete it (kubectl delete job %s)"
                .formatted(name);
    }

    private static PathsState reported(Set<String> wanted, DirectoryReport report, String name) {
        Set<String> failed = report.failures().stream()
                .map(DirectoryReport.Failure::path)
                .collect(Collectors.toCollection(TreeSet::new));
        if (report.failed() == 0) {
            return present(wanted);
        }
        // of failures that the report has no room for nothing is known but their number
        boolean whole = report.failed() == failed.size();
        String reasons = report.failures().stream()
                .map(failure -> "%s: %s".formatted(failure.path(), failure.reason()))
                .collect(Collectors.joining("; "));
        return failed(whole ? missing(wanted, failed) : Set.of(), reasons, failed, withinTheHour(name));
    }

    private static PathsState failed(Set<String> ready, String found, Set<String> missing, String again) {
        String remedy =
                "make %s in the source by hand and set spec.directories.make to false, or set spec.directories.runAsUser to a user that may make them"
                        .formatted(String.join(", ", missing));
        return new PathsState(ready, Truth.False, "NotMade", found + "; " + remedy + again, false);
    }

    private static Set<String> both(Set<String> wanted, Set<String> known) {
        Set<String> both = new TreeSet<>(wanted);
        both.retainAll(known);
        return both;
    }

    private static Set<String> missing(Set<String> wanted, Set<String> without) {
        Set<String> rest = new TreeSet<>(wanted);
        rest.removeAll(without);
        return rest;
    }

    private static Set<String> names(List<RequiredPath> required) {
        return required.stream().map(RequiredPath::path).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String list(Set<String> names) {
        if (names.isEmpty()) {
            return "no directory is needed, so all are";
        }
        return String.join(", ", names) + (names.size() == 1 ? " is" : " are");
    }
}
