package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryReaderTest {
    private final EntryReader reader =
            new EntryReader(new ServedNames("aquifer", "aquifer-system", List.of("127.0.0.1", "0:0:0:0:0:0:0:1")));

    @Test
    void findsOurServiceAmongOthers() {
        var entries = reader.read(List.of(
                service("other", "aquifer-system"),
                service("aquifer", "aquifer-system"),
                service("aquifer", "elsewhere")));

        assertThat(entries).containsExactly(new WebhookEntry(1, Fixtures.HOST, ""));
    }

    @Test
    void findsTheUrlsOfOurHosts() {
        var entries = reader.read(List.of(
                url("https://127.0.0.1:8443/mutate"), url("https://127.0.0.2/mutate"), url("https://example.com")));

        assertThat(entries).containsExactly(new WebhookEntry(0, "127.0.0.1", ""));
    }

    @Test
    void takesTheBracketsFromAnAddress() {
        assertThat(reader.read(List.of(url("https://[0:0:0:0:0:0:0:1]:8443/mutate"))))
                .containsExactly(new WebhookEntry(0, "0:0:0:0:0:0:0:1", ""));
    }

    @Test
    void readsTheBundleAsPem() {
        var pem = Fixtures.bundle(Fixtures.authority()).pem();
        var encoded = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));

        assertThat(reader.read(List.of(new WebhookClientConfigBuilder(service("aquifer", "aquifer-system"))
                        .withCaBundle(encoded)
                        .build())))
                .containsExactly(new WebhookEntry(0, Fixtures.HOST, pem));
    }

    private static WebhookClientConfig service(String name, String namespace) {
        return new WebhookClientConfigBuilder()
                .withNewService()
                .withName(name)
                .withNamespace(namespace)
                .endService()
                .build();
    }

    private static WebhookClientConfig url(String url) {
        return new WebhookClientConfigBuilder().withUrl(url).build();
    }
}
