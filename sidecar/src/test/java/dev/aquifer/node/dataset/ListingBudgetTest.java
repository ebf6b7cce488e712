package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ListingBudgetTest {
    private static final Hash SOME = Hash.sha256(new byte[0]);
    private static final Directory TWO_DIRECTORIES =
            new Directory(List.of(Entries.directory("a", SOME), Entries.directory("b", SOME)));

    @Test
    void whatWasTakenIsAddedUp() {
        var budget = new ListingBudget(new ListingLimits(10, 100));
        budget.take(new Directory(List.of(Entries.directory("a", SOME), Entries.file("b", 30))), 0);
        budget.take(new Directory(List.of(Entries.link("c", "d"), Entries.file("e", 12))), 1);

        assertThat(budget.taken()).isEqualTo(new Totals(2, 1, 1, 42));
    }

    /** Each directory names the next one twice: 30 records, a thousand million directories. */
    @Test
    void aDirectoryNamedTwiceOnEveryLevelEndsAtTheLimit() {
        var budget = new ListingBudget(new ListingLimits(1_000, 0));

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> visit(budget, 0))
                .withMessageContaining("at most 1000 entries");
    }

    private static void visit(ListingBudget budget, int depth) {
        budget.take(TWO_DIRECTORIES, depth);
        if (depth < 30) {
            visit(budget, depth + 1);
            visit(budget, depth + 1);
        }
    }

    @Test
    void sizesThatAddUpBeyondALongAreRefused() {
        var budget = new ListingBudget(new ListingLimits(10, Long.MAX_VALUE));
        var page = new Directory(List.of(Entries.file("a", Long.MAX_VALUE), Entries.file("b", Long.MAX_VALUE)));

        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> budget.take(page, 0));
    }

    @Test
    void moreBytesThanTheLimitAreRefused() {
        var budget = new ListingBudget(new ListingLimits(10, 10));

        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> budget.take(new Directory(List.of(Entries.file("a", 11))), 0))
                .withMessageContaining("at most 10 bytes");
    }

    @Test
    void theDeepestDirectoryMayBeEmptyOnly() {
        var budget = new ListingBudget(new ListingLimits(10, 10));
        var page = new Directory(List.of(Entries.file("a", 1)));

        assertThatNoException().isThrownBy(() -> budget.take(Directory.EMPTY, DatasetPath.DEEPEST));
        assertThatNoException().isThrownBy(() -> budget.take(page, DatasetPath.DEEPEST - 1));
        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> budget.take(page, DatasetPath.DEEPEST));
    }
}
