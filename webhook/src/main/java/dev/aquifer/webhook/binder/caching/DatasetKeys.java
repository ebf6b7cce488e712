package dev.aquifer.webhook.binder.caching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.names.Sha256;
import dev.aquifer.webhook.binding.source.CachedSource;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.rest.ApiServer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of datasets, each in a Secret beside the node agents: kubelet hands one to the agent of a node that runs a pod
 * which uses the dataset, and to no other. An origin knows only its digest.
 */
final class DatasetKeys {
    private static final String KEY = "key";
    private static final int BYTES = 32;

    private final ApiServer api;
    private final Writer writer;
    private final String namespace;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> known = new ConcurrentHashMap<>();

    DatasetKeys(ApiServer api, Writer writer, String namespace) {
        this.api = api;
        this.writer = writer;
        this.namespace = namespace;
    }

    /** The SHA-256 of the key that a dataset has from now on, in hexadecimal. */
    String sha256(Dataset dataset, String volumeUid) {
        JsonNode found = api.find(Paths.secret(namespace, dataset.keySecret()));
        JsonNode secret = found == null ? make(dataset, volumeUid) : found;
        byte[] text = Base64.getDecoder().decode(secret.path("data").path(KEY).asText());
        known.put(dataset.id(), new String(text, StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Sha256.of(Base64.getUrlDecoder().decode(text)));
    }

    /** The key that a dataset had when it was last looked at, as base64url; null before. */
    @Nullable String known(String dataset) {
        return known.get(dataset);
    }

    /** The dataset is gone. */
    void forget(String dataset) {
        known.remove(dataset);
    }

    /** Takes the keys of all datasets that a volume has. */
    void remove(String volumeUid) {
        writer.deleteAll(ofVolume(volumeUid));
    }

    /** Those of earlier sources go that no pair needs: whoever moves his source to and fro must not fill the namespace. */
    private JsonNode make(Dataset dataset, String volumeUid) {
        JsonNode made = writer.create(Paths.secrets(namespace), secret(dataset, volumeUid));
        String others = Stream.concat(Stream.of(dataset.keySecret()), named(volumeUid).stream())
                .map(name -> "metadata.name%21%3D" + name)
                .collect(Collectors.joining("%2C"));
        writer.deleteAll(ofVolume(volumeUid) + "&fieldSelector=" + others);
        return made;
    }

    /** By the volumes of its pairs as they are: a watch may not have told of the latest yet. */
    private Set<String> named(String volumeUid) {
        Set<String> named = new TreeSet<>();
        api.list(Paths.VOLUMES + of(volumeUid), volume -> {
            String secret = CachedSource.keySecret(volume.path("spec"));
            if (secret != null) {
                named.add(secret);
            }
        });
        return named;
    }

    private String ofVolume(String volumeUid) {
        return Paths.secrets(namespace) + of(volumeUid);
    }

    private static String of(String volumeUid) {
        return "?labelSelector=" + PairLabels.VOLUME_UID + "%3D" + volumeUid;
    }

    private ObjectNode secret(Dataset dataset, String volumeUid) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        ObjectNode secret = OwnObject.of("Secret", namespace, dataset.keySecret())
                .put("type", "Opaque")
                .put("immutable", true);
        secret.withObject("/metadata/labels").put(PairLabels.VOLUME_UID, volumeUid);
        secret.putObject("data").put(KEY, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)));
        return secret;
    }
}
