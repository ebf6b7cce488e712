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
import org.junit.jupiter.api.Test;

class PathsStateTest {
    private static final List<RequiredPath> REQUIRED =
            List.of(new RequiredPath("results", true), new RequiredPath("software", false));

    @Test
    void aJobIsMadeForWhatIsNotKnownToBeThere() {
        PathsState state = PathsState.byJob(REQUIRED, Set.of("results"), "job", null);

        assertThat(state.makesNow()).isTrue();
        assertThat(state.truth()).isEqualTo(Truth.Unknown);
        assertThat(state.ready()).containsExactly("results");
    }

    @Test
    void noSecondJobIsMadeWhileOneRuns() {
        assertThat(PathsState.byJob(REQUIRED, Set.of(), "job", new Running()).makesNow())
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
        PathsState state = PathsState.byJob(REQUIRED, Set.of(), "job", new Reported(new DirectoryReport(1, List.of())));

        assertThat(state.truth()).isEqualTo(Truth.True);
        assertThat(state.ready()).containsExactlyInAnyOrder("results", "software");
        assertThat(state.message()).isEqualTo("results, software are there");
    }

    @Test
    void whatFailedIsNamedWithTheRemedyAndTheRestIsReady() {
        PathsState state = PathsState.byJob(
                REQUIRED,
                Set.of(),
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
                "job",
                new Reported(new DirectoryReport(0, 2, List.of(new Failure("results", "is a file")))));

        assertThat(state.ready()).isEmpty();
    }

    @Test
    void aJobThatDidNotFinishSaysWhatToMakeByHand() {
        PathsState state = PathsState.byJob(REQUIRED, Set.of("software"), "job", new Failed("DeadlineExceeded"));

        assertThat(state.truth()).isEqualTo(Truth.False);
        assertThat(state.ready()).containsExactly("software");
        assertThat(state.message()).contains("DeadlineExceeded", "make results in the source by hand");
    }

    @Test
    void saysWhenItIsTriedAgainAndHowToHaveItTriedSooner() {
        assertThat(after(new Failed("BackoffLimitExceeded"))).endsWith("when you delete it (kubectl delete job job)");
        assertThat(after(new Reported(new DirectoryReport(0, List.of(new Failure("results", "is a file"))))))
                .endsWith("when you delete it (kubectl delete job job)");
        assertThat(after(new OutOfTime("uid", "DeadlineExceeded")))
                .contains("Events of its pod say what it waits for; the Job is made anew within the hour");
        assertThat(after(new Refused("exceeded quota"))).contains("exceeded quota", "again every five minutes");
    }

    private static String after(JobState job) {
        return PathsState.byJob(REQUIRED, Set.of(), "job", job).message();
    }

    @Test
    void directoriesMadeByHandAreTakenToBeThere() {
        PathsState state = PathsState.byHand(REQUIRED);

        assertThat(state.truth()).isEqualTo(Truth.True);
        assertThat(state.ready()).containsExactlyInAnyOrder("results", "software");
    }
}
