package dev.aquifer.webhook.binder.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.plan.Action;
import dev.aquifer.webhook.binding.plan.Action.DeleteClaim;
import dev.aquifer.webhook.binding.plan.Action.DeleteVolume;
import dev.aquifer.webhook.binding.plan.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SuccessionsTest {
    private static final DeleteClaim OLD = new DeleteClaim("anna", "aquifer-ro-old", "1", Removal.SUPERSEDED);
    private static final DeleteVolume ITS_VOLUME = new DeleteVolume("aquifer-ro-old", "2", Removal.SUPERSEDED);
    private static final DeleteClaim WITHDRAWN = new DeleteClaim("bob", "aquifer-ro-bob", "3", Removal.NOT_GRANTED);
    private static final List<Action> ALL = List.of(OLD, WITHDRAWN, ITS_VOLUME);

    private final Set<String> awaited = new HashSet<>();
    private final List<Duration> looks = new ArrayList<>();
    private long now = Duration.ofDays(-3).toNanos();
    private int lists;

    private final Successions successions = new Successions(
            () -> {
                lists++;
                return Set.copyOf(awaited);
            },
            () -> now,
            (uid, delay) -> looks.add(delay));

    @Test
    void aClaimWithASuccessorStaysUntilAdmissionKnowsTheSuccessor() {
        assertThat(successions.due("v", ALL)).containsExactly(WITHDRAWN);
        assertThat(looks).containsExactly(Duration.ofSeconds(5));
        assertThat(lists).isZero();

        assertThat(after(5)).isEqualTo(ALL);
    }

    @Test
    void itStaysWhileAPodWithItWaitsForANode() {
        awaited.add("anna/aquifer-ro-old");
        successions.due("v", ALL);
        looks.clear();

        assertThat(after(5)).containsExactly(WITHDRAWN);
        assertThat(after(3600)).containsExactly(WITHDRAWN);
        assertThat(looks).containsExactly(Duration.ofSeconds(15), Duration.ofMinutes(5));

        awaited.clear();
        assertThat(after(300)).isEqualTo(ALL);
    }

    @Test
    void aVolumeThatIsGoneIsForgotten() {
        successions.due("v", ALL);

        successions.forget("v");

        assertThat(after(5)).containsExactly(WITHDRAWN);
    }

    @Test
    void aPodOfAnotherNamespaceDoesNotKeepIt() {
        awaited.add("bob/aquifer-ro-old");
        successions.due("v", ALL);

        assertThat(after(5)).isEqualTo(ALL);
    }

    @Test
    void nobodyListsPodsWhereNothingHasASuccessor() {
        assertThat(successions.due("v", List.of(WITHDRAWN))).containsExactly(WITHDRAWN);
        assertThat(lists).isZero();
        assertThat(looks).isEmpty();
    }

    private List<Action> after(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        return successions.due("v", ALL);
    }
}
