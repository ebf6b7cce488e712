package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LabelledConfigurationsIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private final TrustBundle bundle = Fixtures.bundle(Fixtures.authority(), Fixtures.authority());
    private Installed installed;
    private LabelledConfigurations configurations;
    private String name;

    @BeforeEach
    void install() {
        installed = new Installed(api, "conf-" + UUID.randomUUID());
        configurations = new LabelledConfigurations(installed.client(), installed.names());
        name = installed.namespace();
    }

    @AfterEach
    void remove() {
        installed.close();
    }

    @Test
    void writesTheBundleAndNothingElse() {
        var ofAnother = new MutatingWebhookBuilder(installed.webhook("other.aquifer.dev"))
                .editClientConfig()
                .editService()
                .withName("other")
                .endService()
                .endClientConfig()
                .build();
        installed.configuration(name, true, ofAnother, installed.webhook("ours.aquifer.dev"));
        var before = stored();

        var after = configurations.publish(seen(), bundle);

        var expected = new MutatingWebhookConfigurationBuilder(before)
                .editMatchingWebhook(webhook -> webhook.getName().startsWith("ours"))
                .editClientConfig()
                .withCaBundle(Base64.getEncoder().encodeToString(bundle.pem().getBytes(StandardCharsets.UTF_8)))
                .endClientConfig()
                .endWebhook()
                .build();
        assertThat(stored().getWebhooks()).isEqualTo(expected.getWebhooks());
        assertThat(stored().getMetadata().getLabels())
                .isEqualTo(before.getMetadata().getLabels());
        assertThat(after.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.bundle()).isEqualTo(bundle));
        assertThat(after).isEqualTo(seen());
    }

    @Test
    void doesNotEvenSeeAConfigurationWithoutOurLabel() {
        installed.configuration(name, false, installed.webhook("ours.aquifer.dev"));

        assertThat(configurations.list()).noneMatch(seen -> seen.name().equals(name));
    }

    @Test
    void writesNothingToAConfigurationThatChangedSinceItWasSeen() {
        installed.configuration(name, true, installed.webhook("ours.aquifer.dev"));
        var seen = seen();
        api.client()
                .resource(stored())
                .edit(present -> new MutatingWebhookConfigurationBuilder(present)
                        .editFirstWebhook()
                        .withTimeoutSeconds(7)
                        .endWebhook()
                        .build());

        assertThat(configurations.publish(seen, bundle)).isEqualTo(seen);

        assertThat(stored().getWebhooks()).singleElement().satisfies(webhook -> {
            assertThat(webhook.getClientConfig().getCaBundle()).isNull();
            assertThat(webhook.getTimeoutSeconds()).isEqualTo(7);
        });
    }

    private WebhookConfiguration seen() {
        return configurations.list().stream()
                .filter(configuration -> configuration.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private MutatingWebhookConfiguration stored() {
        return api.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(name)
                .require();
    }
}
