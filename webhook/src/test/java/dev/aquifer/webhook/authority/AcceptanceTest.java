package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.HOST;
import static dev.aquifer.webhook.authority.Fixtures.NAMES;
import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.authority.Condition.Bad;
import dev.aquifer.webhook.authority.Condition.Good;
import dev.aquifer.webhook.authority.Condition.Reason;
import dev.aquifer.webhook.authority.WebhookConfiguration.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private final AuthorityState state = AuthorityState.of(Fixtures.authority());
    private final IssuedCertificate leaf = Objects.requireNonNull(
            new Leaves(NAMES, SETTINGS).replacement(null, new CurrentAuthority(state, NOW), NOW));
    private final WebhookConfiguration good = mutating(HOST, state.bundle().pem());

    @Test
    void isGivenWhenEveryConfigurationTrustsTheLeaf() {
        assertThat(Acceptance.of(leaf, List.of(good, good), NOW)).isEqualTo(new Good());
    }

    @Test
    void isRefusedWithoutALeaf() {
        assertThat(refusal(null, NOW, good).reason()).isEqualTo(Reason.NO_LEAF);
    }

    @Test
    void isRefusedWithoutAMutatingConfigurationThatLeadsToUs() {
        var validating = new WebhookConfiguration(Kind.VALIDATING, "v", true, "1", good.entries());
        var ofAnother = new WebhookConfiguration(Kind.MUTATING, "m", true, "1", List.of());

        assertThat(refusal(leaf, NOW, validating, ofAnother).reason()).isEqualTo(Reason.NO_CONFIGURATION);
        assertThat(refusal(leaf, NOW).message()).contains("aquifer.dev/inject-ca=true");
    }

    @Test
    void isRefusedWhenOneOfThemDoesNotTrustIt() {
        var empty = mutating(HOST, "");
        var unreadable = mutating(HOST, "-----BEGIN CERTIFICATE-----\nxx");
        var foreign = mutating(HOST, Fixtures.bundle(Fixtures.authority()).pem());

        assertThat(refusal(leaf, NOW, good, empty).reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(refusal(leaf, NOW, good, unreadable).reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(refusal(leaf, NOW, good, foreign).message()).contains("mutating configuration 'aquifer'");
    }

    @Test
    void isRefusedForAnotherHost() {
        var other = mutating("other.aquifer-system.svc", state.bundle().pem());

        assertThat(refusal(leaf, NOW, other).message()).contains("other.aquifer-system.svc");
    }

    @Test
    void endsWithTheLeaf() {
        assertThat(Acceptance.of(leaf, List.of(good), NOW.plusSeconds(60)).isGood())
                .isTrue();
        assertThat(refusal(leaf, NOW.plusSeconds(61), good).message()).contains("must be renewed");
    }

    private static Bad refusal(@Nullable IssuedCertificate leaf, Instant now, WebhookConfiguration... seen) {
        return assertThat(Acceptance.of(leaf, List.of(seen), now))
                .asInstanceOf(type(Bad.class))
                .actual();
    }

    private static WebhookConfiguration mutating(String host, String pem) {
        return new WebhookConfiguration(Kind.MUTATING, "aquifer", true, "1", List.of(new WebhookEntry(0, host, pem)));
    }
}
