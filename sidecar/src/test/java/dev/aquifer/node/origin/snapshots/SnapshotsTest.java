package dev.aquifer.node.origin.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.SnapshotRoot;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.Listing;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.origin.walk.Relisted;
import dev.aquifer.node.transfer.LeftOutReason;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is to be done for the next snapshot, and when. */
@Timeout(30)
final class SnapshotsTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration REFRESH = Duration.ofHours(1);
    private static final DatasetPath PATH = DatasetPath.parse("f");

    private Instant now = NOW;
    private final Snapshots snapshots = new Snapshots(OnUnreadable.FAIL, OnChange.WAIT, REFRESH, () -> now);

    @Test
    void aWalkThatIsDueComesBeforeLooksHoweverManyAreAskedFor() throws Exception {
        walk();
        ask();
        snapshots.report(PATH, Mark.LOOK_AGAIN);
        now = NOW.plus(REFRESH);

        assertThat(snapshots.awaitWork()).as("a walk").isEmpty();

        walk();
        snapshots.report(PATH, Mark.LOOK_AGAIN);
        assertThat(snapshots.awaitWork()).containsOnlyKeys(PATH);
    }

    @Test
    void aSourceThatALookFoundFailingIsSoonWalkedAgain() throws Exception {
        walk();
        var dropped = Map.of(PATH, LeftOutReason.FAILING);
        snapshots.looked(new Relisted(listing(dropped), Set.of(PATH)));
        assertThat(ask())
                .isInstanceOfSatisfying(
                        SnapshotAnswer.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("found 1 of which reading fails (f); check the source's volume"));

        snapshots.report(PATH, Mark.LOOK_AGAIN);
        assertThat(snapshots.awaitWork()).as("not yet").isNotEmpty();

        now = NOW.plusSeconds(31);
        assertThat(snapshots.awaitWork()).as("a walk").isEmpty();
    }

    private SnapshotAnswer ask() throws InterruptedException {
        return snapshots.answer(null, Duration.ZERO);
    }

    private void walk() {
        snapshots.begin(new Findings());
        snapshots.walked(listing(Map.of()), now);
    }

    private static Listing listing(Map<DatasetPath, LeftOutReason> dropped) {
        var attributes = new Attributes(0755, 0, 0, new Timestamp(1, 2));
        var root = new SnapshotRoot(attributes, Hash.of(new byte[Hash.LENGTH]), Totals.NONE);
        return new Listing(SnapshotId.of(root), root, NOW, List.of(), dropped, Set.of());
    }
}
