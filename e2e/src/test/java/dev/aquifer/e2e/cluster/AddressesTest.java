package dev.aquifer.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NeedsRoot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ranges of addresses a cluster takes: none that the machine uses. */
class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "'', free",
        "192.168.1.0/24, free",
        "10.201.0.0/16 10.199.0.0/16, free",
        "0.0.0.0/0, free",
        "0.0.0.0/1 128.0.0.0/1 192.168.1.0/24, free",
        "10.200.0.0/16, used",
        "10.200.7.0/24, used",
        "10.200.1.2, used",
        "10.200.1.2/32, used",
        "10.0.0.0/8, used",
        "10.192.0.0/12 192.168.1.0/24, used"
    })
    void aRangeIsFreeIfTheMachineHasNoNetworkInIt(String networks, String expected) {
        String script = "set -euo pipefail; source lib/network.sh; is_free 10.200 \"$1\" && echo free || echo used";

        assertThat(new Command(List.of("bash", "-c", script, "bash", networks), Duration.ofSeconds(30)).run())
                .isEqualToIgnoringWhitespace(expected);
    }

    @NeedsRoot
    @Test
    void allThatTheMachineHasAnAddressInOrARouteToIsUsed() {
        String script = """
                set -euo pipefail
                source lib/network.sh
                clusters=/nowhere
                ip link set lo up
                ip link add here type veth peer name there
                ip address add 10.200.3.1/24 dev here
                ip link set here up
                ip route add 10.202.7.0/24 dev here
                used=$(used_ranges)
                for range in 10.20{0..3}; do is_free "$range" "$used" && echo free || echo used; done
                """;

        assertThat(new Command(List.of("unshare", "--net", "bash", "-c", script), Duration.ofSeconds(30)).run())
                .isEqualToIgnoringWhitespace("used free used free");
    }
}
