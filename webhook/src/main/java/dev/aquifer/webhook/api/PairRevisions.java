package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import java.util.Objects;

/**
 * The ordinals that the names of a volume's pairs are made of. What Kubernetes lets nobody change gets a successor under
 * the next revision's name; revisions only ever rise.
 *
 * @param current the revision of every pair that has none of its own
 * @param exceptions revisions of single pairs, by {@code tenant/ro}, {@code tenant/rw} and {@code tenant/cached}
 */
public record PairRevisions(
        @JsonPropertyDescription("The revision of every pair that has none of its own.") @Required @Min(0) int current,

        @JsonPropertyDescription("Revisions of single pairs, by tenant/ro, tenant/rw and tenant/cached.")
        @Size(max = 10_000) Map<String, @Min(0) Integer> exceptions) {

    /** What holds before anything is written down. */
    public static final PairRevisions NONE = new PairRevisions(0, Map.of());

    public PairRevisions {
        exceptions = Map.copyOf(Objects.requireNonNullElse(exceptions, Map.of()));
        if (current < 0 || exceptions.values().stream().anyMatch(revision -> revision < 0)) {
            throw new IllegalArgumentException(
                    "expected revisions from 0, found %d and %s".formatted(current, exceptions));
        }
    }

    /**
     * The revision of one pair.
     *
     * @param mode {@code ro}, {@code rw} or {@code cached}
     */
    public int of(String tenant, String mode) {
        return Math.max(current, exceptions.getOrDefault(tenant + "/" + mode, 0));
    }
}
