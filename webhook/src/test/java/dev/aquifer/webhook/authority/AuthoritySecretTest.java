package dev.aquifer.webhook.authority;

import static dev.aquifer.webhook.authority.Fixtures.NOW;
import static dev.aquifer.webhook.authority.Fixtures.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.webhook.authority.StoredAuthority.Corrupt;
import dev.aquifer.webhook.authority.StoredAuthority.Usable;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritySecretTest {
    private final AuthoritySecret format = new AuthoritySecret(Fixtures.RANDOM);
    private final CertificateAuthority first = Fixtures.authority();
    private final CertificateAuthority second = Fixtures.authority();
    private final CertificateAuthority third = Fixtures.authority();
    private final AuthorityState full = AuthorityState.of(first)
            .prepared(second)
            .promoted(NOW, SETTINGS)
            .prepared(third)
            .shown(NOW.plusMillis(1));

    @Test
    void keepsEveryPartOfTheState() {
        var read = usable(format.write(full));

        assertThat(read.version()).isEqualTo("7");
        assertThat(read.damage()).isEmpty();
        assertThat(read.state().bundle()).isEqualTo(full.bundle());
        assertThat(read.state().retired()).isEqualTo(full.retired());
        assertThat(read.state().current().privateKeyPem()).isEqualTo(second.privateKeyPem());
        assertThat(read.state().successor()).isNotNull().satisfies(successor -> {
            assertThat(successor.authority().privateKeyPem()).isEqualTo(third.privateKeyPem());
            assertThat(successor.shownSince()).isEqualTo(NOW.plusMillis(1));
        });
    }

    @Test
    void writesNothingOfASuccessorWhenThereIsNone() {
        assertThat(format.write(AuthorityState.of(first))).containsOnlyKeys("tls.crt", "tls.key", "ca.crt");
        assertThat(format.write(AuthorityState.of(first).prepared(second)))
                .containsOnlyKeys("tls.crt", "tls.key", "ca.crt", "next.crt", "next.key");
    }

    @Nested
    class CannotBeUsedAtAll {
        @ParameterizedTest
        @ValueSource(strings = {"tls.crt", "tls.key"})
        void withoutASigner(String key) {
            var data = new HashMap<>(format.write(full));
            data.remove(key);

            assertThat(corrupt(data).message()).contains("Expected the key '" + key + "'");
        }

        @ParameterizedTest
        @CsvSource({"tls.crt, garbage, CERTIFICATE", "tls.key, garbage, PRIVATE KEY"})
        void withASignerThatCannotBeRead(String key, String value, String message) {
            var data = new HashMap<>(format.write(full));
            data.put(key, value);

            assertThat(corrupt(data).message()).contains(message);
        }

        @Test
        void withAnothersKey() {
            var data = new HashMap<>(format.write(full));
            data.put("tls.key", first.privateKeyPem());

            assertThat(corrupt(data).message()).contains("another key");
        }

        @Test
        void whenEmpty() {
            assertThat(corrupt(Map.of()).version()).isEqualTo("7");
        }
    }

    @Nested
    class LeavesOut {
        @ParameterizedTest
        @ValueSource(strings = {"next.crt", "next.key", "next.shown-since"})
        void aDamagedSuccessorAndSaysSo(String key) {
            var data = new HashMap<>(format.write(full));
            data.put(key, "garbage");

            var read = usable(data);

            assertThat(read.damage()).singleElement().asString().startsWith("next.*: ");
            assertThat(read.state().successor()).isNull();
            assertThat(read.state().retired()).isEqualTo(full.retired());
        }

        @ParameterizedTest
        @CsvSource({"retired.crt, garbage", "retired.drop-at, garbage", "retired.drop-at, ''"})
        void damagedRetiredAuthoritiesAndSaysSo(String key, String value) {
            var data = new HashMap<>(format.write(full));
            data.put(key, value);

            var read = usable(data);

            assertThat(read.damage()).singleElement().asString().startsWith("retired.*: ");
            assertThat(read.state().retired()).isEmpty();
            assertThat(read.state().successor()).isNotNull();
        }
    }

    private Usable usable(Map<String, String> data) {
        return assertThat(format.read(data, "7"))
                .asInstanceOf(type(Usable.class))
                .actual();
    }

    private Corrupt corrupt(Map<String, String> data) {
        return assertThat(format.read(data, "7"))
                .asInstanceOf(type(Corrupt.class))
                .actual();
    }
}
