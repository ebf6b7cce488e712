package dev.aquifer.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "aquifer", "aquifer.ns.svc.cluster.local", "0-1.example"})
    void takesDnsNames(String name) {
        assertThat(LeafNames.dns(name).dnsNames()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.svc", "A", "a..b", "-a", "a-", "a_b", "a b", "é", "a.svc\u0000.evil", ".a"})
    void refusesWhatIsNoDnsName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LeafNames.dns(name))
                .withMessageContaining("Expected a DNS name");
    }

    @Test
    void refusesADnsNameOfMoreThan253Characters() {
        assertThat(LeafNames.dns("a.".repeat(126) + "a").dnsNames().getFirst()).hasSize(253);
        assertThatIllegalArgumentException().isThrownBy(() -> LeafNames.dns("a.".repeat(126) + "aa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative/path", "spiffe://aquifer.dev/é"})
    void refusesAUriThatIsNotAbsoluteAscii(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> LeafNames.uri(URI.create(uri)));
    }

    @Test
    void refusesNoNameAndNoUse() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LeafNames(List.of(), List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeafRequest(LeafNames.dns("a"), Set.of(), Duration.ofHours(1)))
                .withMessageContaining("use");
    }
}
