package dev.aquifer.webhook.authority;

import dev.aquifer.webhook.authority.StoredAuthority.Absent;
import dev.aquifer.webhook.authority.StoredAuthority.Corrupt;
import dev.aquifer.webhook.authority.StoredAuthority.Foreign;
import dev.aquifer.webhook.authority.StoredAuthority.Issued;
import dev.aquifer.webhook.authority.StoredAuthority.Usable;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The authority in one Secret. Reads go to the API server itself, never to a cache. */
final class SecretStore implements AuthorityStore {
    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final AuthoritySecret format;

    SecretStore(KubernetesClient client, String namespace, String name, AuthoritySecret format) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.format = format;
    }

    @Override
    public StoredAuthority read() {
        var secret = resource().get();
        if (secret == null) {
            return new Absent();
        }
        var labels = Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.<String, String>of());
        var label = labels.getOrDefault(Labels.AUTHORITY, "");
        return switch (label) {
            case Labels.YES -> ours(secret);
            case Labels.ISSUED -> issued(secret);
            default ->
                new Foreign(
                        "Expected the Secret %s/%s with the label %s=true, found it without; delete it, or label it if it may be replaced"
                                .formatted(namespace, name, Labels.AUTHORITY));
        };
    }

    private StoredAuthority issued(Secret secret) {
        var found = ours(secret);
        if (found instanceof Usable usable) {
            return new Issued(AuthorityState.of(usable.state().current()));
        }
        return new Foreign(
                "Expected an authority in the Secret %s/%s, which another issues, found none: %s; see kubectl describe certificate, and that its issuer signs authorities"
                        .formatted(
                                namespace, name, found instanceof Corrupt corrupt ? corrupt.message() : "it is empty"));
    }

    private StoredAuthority ours(Secret secret) {
        var version = secret.getMetadata().getResourceVersion();
        try {
            return format.read(decode(secret.getData()), version);
        } catch (IllegalArgumentException e) {
            return new Corrupt(version, "Expected base64 in the Secret's data, found other text");
        }
    }

    @Override
    public boolean create(AuthorityState state) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .addToLabels(Labels.AUTHORITY, Labels.YES)
                .endMetadata()
                .withType("Opaque")
                .withData(encode(format.write(state)))
                .build();
        return unlessConflict(() -> client.resource(secret).create());
    }

    @Override
    public boolean replace(AuthorityState state, String version) {
        var present = resource().get();
        if (present == null || !version.equals(present.getMetadata().getResourceVersion())) {
            return false;
        }
        // labels, annotations and owners that others added stay
        var secret =
                new SecretBuilder(present).withData(encode(format.write(state))).build();
        return unlessConflict(
                () -> client.resource(secret).lockResourceVersion(version).update());
    }

    private Resource<Secret> resource() {
        return client.secrets().inNamespace(namespace).withName(name);
    }

    private static boolean unlessConflict(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static Map<String, String> encode(Map<String, String> text) {
        var data = new HashMap<String, String>();
        text.forEach((key, value) ->
                data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return data;
    }

    private static Map<String, String> decode(@Nullable Map<String, String> data) {
        var text = new HashMap<String, String>();
        if (data != null) {
            data.forEach((key, value) ->
                    text.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return text;
    }
}
