package dev.aquifer.webhook.origin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the pods of origins ask for and may take at most. */
public final class OriginResources {
    /** Where nothing else is said. */
    public static final ResourceRequirements DEFAULT = new ResourceRequirementsBuilder()
            .withRequests(Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi")))
            .withLimits(Map.of("memory", new Quantity("768Mi")))
            .build();

    private static final JsonMapper JSON = new JsonMapper();

    private OriginResources() {}

    /**
     * Reads them from JSON, as a container has them, in place of all that stands here.
     *
     * @throws IllegalArgumentException with a sentence, when the text has another form
     */
    public static ResourceRequirements parse(String text) {
        try {
            ResourceRequirements read = JSON.readValue(text, ResourceRequirements.class);
            Stream.of(read.getRequests(), read.getLimits())
                    .filter(Objects::nonNull)
                    .flatMap(quantities -> quantities.values().stream())
                    .forEach(Quantity::getAmountInBytes);
            if (!read.getAdditionalProperties().isEmpty()) {
                throw new IllegalArgumentException("Other members: " + read.getAdditionalProperties());
            }
            return read;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected JSON with requests and limits, such as {\"limits\": {\"memory\": \"1Gi\"}}, found: "
                            + text,
                    e);
        }
    }
}
