package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a ResourceQuota lets a namespace have of one resource, as the quota writes it: {@code 1k} is a thousand.
 *
 * @param used what of it is in use
 */
record Allowance(String limit, String used) {

    /** Null where the quota says nothing of the resource. */
    static @Nullable Allowance of(JsonNode quota, String resource) {
        JsonNode limit = quota.at("/status/hard").path(resource);
        return limit.isMissingNode()
                ? null
                : new Allowance(
                        limit.asText(), quota.at("/status/used").path(resource).asText("0"));
    }

    /** Whether there is no room for this much more. */
    boolean lacks(BigDecimal wanted) {
        return amount(limit).subtract(amount(used)).compareTo(wanted) < 0;
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity));
    }
}
