package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where roles keep nobody out, whatever they look like: between the service accounts of one namespace, and from a claim that
 * pods can name themselves.
 */
public record BoundaryCheck(Objects objects) implements Check {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public String name() {
        return "boundary";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        List<String> byAccount = new ArrayList<>();
        for (JsonNode volume : objects.all(Kind.SHARED_VOLUME)) {
            KnownVolume known = read(volume);
            if (known == null) {
                continue;
            }
            if (isOpenToItsOwner(known)) {
                findings.add(open(known));
            }
            if (!volume.at("/spec/access").findPath("serviceAccounts").isEmpty()) {
                byAccount.add(known.key());
            }
        }
        findings.add(
                Finding.ok(
                        name(),
                        byAccount.isEmpty() ? "SharedVolumes" : "SharedVolumes " + String.join(", ", byAccount),
                        "the boundary is the namespace: whoever creates pods there may use any of its service accounts, and so has all roles that are granted there"));
        return findings;
    }

    /** What conditions complain of is another check's. */
    private static @Nullable KnownVolume read(JsonNode volume) {
        try {
            return new KnownVolume(
                    volume.at("/metadata/namespace").asText(),
                    volume.at("/metadata/name").asText(),
                    volume.at("/metadata/uid").asText(),
                    volume.at("/metadata/generation").asLong(),
                    JSON.convertValue(volume.path("spec"), SharedVolumeSpec.class));
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            return null;
        }
    }

    /** Whether pods beside the source have roles that keep something from them, and could mount the source itself. */
    private boolean isOpenToItsOwner(KnownVolume volume) {
        return volume.spec().source().persistentVolumeClaim() != null
                && !Boolean.TRUE.equals(volume.spec().guardSource())
                && NamespaceGrants.of(volume).roles(volume.owner(), labels(volume.owner())).stream()
                        .flatMap(role -> role.paths().stream())
                        .anyMatch(rule -> rule.access() != Access.ReadWrite);
    }

    private Map<String, String> labels(String namespace) {
        Map<String, String> labels = new HashMap<>();
        JsonNode found = objects.find(Kind.NAMESPACE, "", namespace);
        if (found != null) {
            found.at("/metadata/labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
        }
        return labels;
    }

    private Finding open(KnownVolume volume) {
        return Finding.warning(
                name(),
                "SharedVolume " + volume.key(),
                "in its own namespace %s roles prevent accidents only: whoever creates pods there can mount claim %s itself, with all that roles hide and protect"
                        .formatted(
                                volume.owner(),
                                java.util.Objects.requireNonNull(
                                                volume.spec().source().persistentVolumeClaim())
                                        .claimName()),
                "set guardSource: true, if that is to be prevented; else nothing");
    }
}
