package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import dev.aquifer.webhook.authority.WebhookConfiguration.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The webhook configurations with our label, on the API server. Nothing but the caBundle of entries that lead to us is
 * ever written, and only to the version that was read.
 */
final class LabelledConfigurations implements WebhookConfigurations {
    private final KubernetesClient client;
    private final EntryReader entries;

    LabelledConfigurations(KubernetesClient client, ServedNames names) {
        this.client = client;
        this.entries = new EntryReader(names);
    }

    @Override
    public List<WebhookConfiguration> list() {
        var api = client.admissionRegistration().v1();
        var mutating = api.mutatingWebhookConfigurations()
                .withLabelIn(Labels.INJECT_CA, Labels.YES, Labels.NO)
                .list()
                .getItems();
        var validating = api.validatingWebhookConfigurations()
                .withLabelIn(Labels.INJECT_CA, Labels.YES, Labels.NO)
                .list()
                .getItems();
        return Stream.concat(
                        mutating.stream().map(this::read), validating.stream().map(this::read))
                .toList();
    }

    @Override
    public WebhookConfiguration publish(WebhookConfiguration configuration, TrustBundle bundle) {
        var patch = patch(configuration, bundle);
        try {
            return write(configuration, patch);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return configuration;
            }
            throw e;
        }
    }

    private WebhookConfiguration write(WebhookConfiguration configuration, String patch) {
        var api = client.admissionRegistration().v1();
        var context = PatchContext.of(PatchType.JSON);
        // as an item, not by name: the client would get it first, which is a right more and a moment in between
        return switch (configuration.kind()) {
            case MUTATING -> {
                var item = new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(configuration.name())
                        .endMetadata()
                        .build();
                yield read(api.mutatingWebhookConfigurations().resource(item).patch(context, patch));
            }
            case VALIDATING -> {
                var item = new ValidatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(configuration.name())
                        .endMetadata()
                        .build();
                yield read(api.validatingWebhookConfigurations().resource(item).patch(context, patch));
            }
        };
    }

    /**
     * A JSON Patch (RFC 6902). Every value is a number, or base64: nothing needs escaping. A version in it makes the API
     * server answer 409 when there is another by now.
     */
    static String patch(WebhookConfiguration configuration, TrustBundle bundle) {
        var value = Base64.getEncoder().encodeToString(bundle.pem().getBytes(StandardCharsets.UTF_8));
        var operations = new ArrayList<String>();
        operations.add("{\"op\":\"replace\",\"path\":\"/metadata/resourceVersion\",\"value\":\"%s\"}"
                .formatted(configuration.version()));
        for (var entry : configuration.entriesWithout(bundle)) {
            operations.add("{\"op\":\"add\",\"path\":\"/webhooks/%d/clientConfig/caBundle\",\"value\":\"%s\"}"
                    .formatted(entry.index(), value));
        }
        return "[" + String.join(",", operations) + "]";
    }

    private WebhookConfiguration read(MutatingWebhookConfiguration configuration) {
        return read(
                Kind.MUTATING,
                configuration,
                configuration.getWebhooks().stream()
                        .map(MutatingWebhook::getClientConfig)
                        .toList());
    }

    private WebhookConfiguration read(ValidatingWebhookConfiguration configuration) {
        return read(
                Kind.VALIDATING,
                configuration,
                configuration.getWebhooks().stream()
                        .map(ValidatingWebhook::getClientConfig)
                        .toList());
    }

    private WebhookConfiguration read(Kind kind, HasMetadata configuration, List<WebhookClientConfig> clients) {
        var metadata = configuration.getMetadata();
        var isOurs = Labels.YES.equals(Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of())
                .get(Labels.INJECT_CA));
        return new WebhookConfiguration(
                kind, metadata.getName(), isOurs, metadata.getResourceVersion(), entries.read(clients));
    }
}
