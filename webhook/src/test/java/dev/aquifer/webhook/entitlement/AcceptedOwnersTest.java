package dev.aquifer.webhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AcceptedOwnersTest {
    @Test
    void takesAsManyAsCount() {
        AcceptedOwners owners = AcceptedOwners.parse(" , owner-1," + owners(AcceptedOwners.MOST));
        assertThat(owners.names()).hasSize(AcceptedOwners.MOST);
        assertThat(owners.cut()).isFalse();
    }

    @Test
    void leavesOutThoseBehindThemAndSaysSo() {
        AcceptedOwners owners = AcceptedOwners.parse(owners(AcceptedOwners.MOST) + ",late,*");
        assertThat(owners.names()).hasSize(AcceptedOwners.MOST).contains("owner-1", "owner-256");
        assertThat(owners.contains("late")).isFalse();
        assertThat(owners.cut()).isTrue();
    }

    @Test
    void staysCutWithTheAdministratorsNamesBesideIt() {
        AcceptedOwners both =
                AcceptedOwners.parse(owners(AcceptedOwners.MOST + 1)).and(AcceptedOwners.parse("genomes"));
        assertThat(both.contains("genomes")).isTrue();
        assertThat(both.cut()).isTrue();
    }

    private static String owners(int many) {
        return IntStream.rangeClosed(1, many).mapToObj(i -> "owner-" + i).collect(Collectors.joining(", "));
    }
}
