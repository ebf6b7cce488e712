package dev.aquifer.node.origin.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.OnChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which files keep changing. */
final class ChangesTest {
    private static final DatasetPath LOG = DatasetPath.parse("log");
    private static final DatasetPath OTHER = DatasetPath.parse("other");

    private Instant now = Instant.EPOCH;

    private Changes changes(OnChange onChange) {
        return new Changes(onChange, () -> now);
    }

    private Changes changed(OnChange onChange, int times) {
        var changes = changes(onChange);
        for (int i = 0; i < times; i++) {
            assertThat(changes.report(LOG, Mark.LOOK_AGAIN)).isTrue();
            assertThat(changes.report(LOG, Mark.LOOK_AGAIN)).isFalse();
            changes.take();
            changes.found(Set.of(LOG));
        }
        return changes;
    }

    @Test
    void areNamedAfterThreeSuccessors() {
        assertThat(changed(OnChange.WAIT, 2).oftenChanged()).isEmpty();
        assertThat(changed(OnChange.WAIT, 3).oftenChanged()).containsExactly(LOG);
    }

    /** Each of many nodes that fill an older snapshot reports a file that was replaced once. */
    @Test
    void areNotThoseThatAreReportedOftenAndHaveNotChangedSince() {
        var changes = changed(OnChange.WAIT, 1);
        for (int node = 0; node < 30; node++) {
            changes.report(LOG, Mark.LOOK_AGAIN);
            assertThat(changes.take()).containsEntry(LOG, Mark.LOOK_AGAIN);
            changes.found(Set.of());
        }

        assertThat(changes.oftenChanged()).isEmpty();
    }

    @Test
    void areLeftOutAfterThreeSuccessorsWhereTheOwnerSaysSkip() {
        var changes = changed(OnChange.SKIP, 3);
        changes.report(LOG, Mark.LOOK_AGAIN);
        changes.report(OTHER, Mark.LOOK_AGAIN);

        assertThat(changes.take()).containsEntry(LOG, Mark.CHANGING).containsEntry(OTHER, Mark.LOOK_AGAIN);
        assertThat(changes.oftenChanged()).isEmpty();
    }

    @Test
    void areForgottenWithTheNextWalk() {
        var changes = changed(OnChange.WAIT, 3);
        changes.forget();

        assertThat(changes.oftenChanged()).isEmpty();
    }

    @Test
    void thatCannotBeReadAreReadAgainWhateverElseIsSaid() {
        var changes = changes(OnChange.WAIT);
        changes.report(LOG, Mark.READ_AGAIN);
        changes.report(LOG, Mark.LOOK_AGAIN);

        assertThat(changes.take()).containsEntry(LOG, Mark.READ_AGAIN);
    }

    @Test
    void takeFewBytesHoweverLongTheirPathsAre() {
        var changes = changes(OnChange.WAIT);
        for (int i = 0; i < 100; i++) {
            changes.report(longest(i), Mark.LOOK_AGAIN);
        }

        assertThat(changes.take()).hasSizeBetween(10, 20);
        assertThat(changes.report(LOG, Mark.LOOK_AGAIN)).isTrue();
    }

    private static DatasetPath longest(int number) {
        var name = Name.of("x".repeat(Name.LONGEST));
        var names = new ArrayList<>(Collections.nCopies(DatasetPath.DEEPEST - 1, name));
        names.add(Name.of("f" + number));
        return new DatasetPath(names);
    }

    /** The start of a file may be read where the rest cannot. */
    @Test
    void areLeftOutWhenReadingFailsForTheThirdTime() {
        var changes = changes(OnChange.WAIT);
        for (int i = 0; i < 2; i++) {
            changes.report(LOG, Mark.READ_AGAIN);
            assertThat(changes.take()).containsEntry(LOG, Mark.READ_AGAIN);
            changes.forget();
        }

        changes.report(LOG, Mark.READ_AGAIN);
        assertThat(changes.take()).containsEntry(LOG, Mark.FAILING);
        assertThat(changes.oftenChanged()).isEmpty();
    }

    @Test
    void stayWhereReadingFailsOnlyNowAndThen() {
        var changes = changes(OnChange.WAIT);
        for (int i = 0; i < 5; i++) {
            changes.report(LOG, Mark.READ_AGAIN);
            assertThat(changes.take()).containsEntry(LOG, Mark.READ_AGAIN);
            now = now.plus(Duration.ofHours(1));
        }
    }

    @Test
    void stayHoweverManyOthersFail() {
        var changes = changes(OnChange.WAIT);
        for (int i = 0; i < 10_001; i++) {
            var each = DatasetPath.parse("f" + i);
            changes.report(each, Mark.READ_AGAIN);
            assertThat(changes.take()).containsEntry(each, Mark.READ_AGAIN);
        }
    }
}
