package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.paths.DirectoryReport.Failure;
import dev.aquifer.webhook.paths.PathsState.JobState;
import dev.aquifer.webhook.paths.PathsState.JobState.Failed;
import dev.aquifer.webhook.paths.PathsState.JobState.OutOfTime;
import dev.aquifer.webhook.paths.PathsState.JobState.Refused;
import dev.aquifer.webhook.paths.PathsState.JobState.Reported;
import dev.aquifer.webhook.paths.PathsState.JobState.Running;
import dev.aquifer.webhook.paths.PathsState.Truth;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PathsStateTest {
    private static final SortedSet<String> REQUIRED = names("results", "software");

    @Test
    void aJobIsMadeForWhatIsNotKnownToBeThere() {
        PathsState state = PathsState.byJob(REQUIRED, Set.of("results"), "owner", "job", null);

        assertThat(state.makesNow()).isTrue();
        assertThat(state.truth()).isEqualTo(Truth.Unknown);
        assertThat(state.ready()).containsExactly("results");
    }

    @Test
    void noSecondJobIsMadeWhileOneRuns() {
        assertThat(PathsState.byJob(REQUIRED, Set.of(), "owner", "job", new Running())
                        .makesNow())
                .isFalse();
    }

    @Test
    void noJobIsMadeWhenAllIsThere() {
        PathsState state = PathsState.present(REQUIRED);

        assertThat(state.makesNow()).isFalse();
        assertThat(state.truth()).isEqualTo(Truth.True);
        assertThat(state.ready()).containsExactlyInAnyOrder("results", "software");
    }

    @Test
    void aReportWithoutFailureMakesAllReady() {
        PathsState state =
                PathsState.byJob(REQUIRED, Set.of(), "owner", "job", new Reported(new DirectoryReport(1, List.of())));

        assertThat(state.truth()).isEqualTo(Truth.True);
        assertThat(state.ready()).containsExactlyInAnyOrder("results", "software");
        assertThat(state.message()).isEqualTo("results, software are there");
    }

    @Test
    void whatFailedIsNamedWithTheRemedyAndTheRestIsReady() {
        PathsState state = PathsState.byJob(
                REQUIRED,
                Set.of(),
                "owner",
                "job",
                new Reported(new DirectoryReport(1, List.of(new Failure("results", "is a file")))));

        assertThat(state.truth()).isEqualTo(Truth.False);
        assertThat(state.ready()).containsExactly("software");
        assertThat(state.message()).contains("results: is a file", "make results in the source by hand");
    }

    @Test
    void failuresThatTheReportHasNoRoomForLeaveNothingReady() {
        PathsState state = PathsState.byJob(
                REQUIRED,
                Set.of(),
                "owner",
                "job",
                new Reported(new DirectoryReport(0, 2, List.of(new Failure("results", "is a file")))));

        assertThat(state.ready()).isEmpty();
    }

    @Test
    void aJobThatDidNotFinishSaysWhatToMakeByHand() {
        PathsState state =
                PathsState.byJob(REQUIRED, Set.of("software"), "owner", "job", new Failed("uid", "DeadlineExceeded"));

        assertThat(state.truth()).isEqualTo(Truth.False);
        assertThat(state.ready()).containsExactly("software");
        assertThat(state.message()).contains("DeadlineExceeded", "make results in the source by hand");
    }

    @Test
    void saysWhenItIsTriedAgainAndHowToHaveItTriedSooner() {
        assertThat(after(new Failed("uid", "BackoffLimitExceeded")))
                .endsWith("when you delete it (kubectl delete job -n owner job)");
        assertThat(after(new Reported(new DirectoryReport(0, List.of(new Failure("results", "is a file"))))))
                .endsWith("when you delete it (kubectl delete job -n owner job)");
        assertThat(after(new OutOfTime("uid", "DeadlineExceeded")))
                .contains("Events of its pod say what it waits for; the Job is made anew within the hour");
        assertThat(after(new Refused("exceeded quota"))).contains("exceeded quota", "again every five minutes");
    }

    @Test
    void saysInASentenceWhatAJobIsAbout() {
        assertThat(PathsState.byJob(names("patients", "reference"), Set.of(), "owner", "job", null)
                        .message())
                .isEqualTo("a Job makes what is missing of patients, reference");
        assertThat(PathsState.byJob(names("/v1", "results"), Set.of(), "owner", "job", null)
                        .message())
                .isEqualTo("a Job looks for /v1 and makes what is missing of results");
        assertThat(PathsState.byJob(names("/v1"), Set.of(), "owner", "job", null)
                        .message())
                .isEqualTo("a Job looks for /v1");
    }

    @Test
    void withoutTheSubdirectoryNothingIsReadyAndNobodyIsToldToHaveItMade() {
        PathsState state = PathsState.byJob(
                names("/v1", "results"),
                Set.of(),
                "owner",
                "job",
                new Reported(new DirectoryReport(0, List.of(new Failure("/v1", "is not in the source")))));

        assertThat(state.truth()).isEqualTo(Truth.False);
        assertThat(state.reason()).isEqualTo("NoSubdirectory");
        assertThat(state.ready()).isEmpty();
        assertThat(state.message())
                .startsWith("/v1: is not in the source; correct spec.source.subdirectory, or make it")
                .endsWith("(kubectl delete job -n owner job)");
    }

    /** It may be there under another name. */
    @Test
    void nobodyIsToldToMakeASubdirectoryThatNoJobLookedFor() {
        assertThat(PathsState.byJob(names("/v1"), Set.of(), "owner", "job", new OutOfTime("uid", "DeadlineExceeded"))
                        .message())
                .contains("see to it that /v1 is in the source, as spec.source.subdirectory says; then set")
                .doesNotContain("make /v1", "runAsUser");
        assertThat(PathsState.noJob(names("/v1", "results"), Set.of()).message())
                .contains("see to it that /v1 is in the source", "make results in the source by hand");
    }

    @Test
    void aRoleThatMayNotBeUsedIsSaidOnceAllIsThere() {
        PathsState there = PathsState.present(REQUIRED);
        PathsState missing = PathsState.byJob(REQUIRED, Set.of(), "owner", "job", null);

        assertThat(there.unless("Replaceable", null)).isEqualTo(there);
        assertThat(there.unless("Replaceable", "role r mounts a").reason()).isEqualTo("Replaceable");
        assertThat(there.unless("Replaceable", "role r mounts a").truth()).isEqualTo(Truth.False);
        assertThat(missing.unless("Replaceable", "role r mounts a")).isEqualTo(missing);
    }

    private static String after(JobState job) {
        return PathsState.byJob(REQUIRED, Set.of(), "owner", "job", job).message();
    }

    @Test
    void directoriesMadeByHandAreTakenToBeThere() {
        PathsState state = PathsState.byHand(REQUIRED);

        assertThat(state.truth()).isEqualTo(Truth.True);
        assertThat(state.ready()).containsExactlyInAnyOrder("results", "software");
    }

    private static SortedSet<String> names(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
