package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A mode in which no namespace gets a pair: a pod in a role that needs one would wait for its claim without end.
 *
 * @param mode {@code ro}, {@code rw} or {@code cached}
 * @param message why, and what to do
 */
public record Withheld(
        @JsonPropertyDescription("The mode: ro, rw or cached.") @Required @Size(min = 1, max = 16) String mode,

        @JsonPropertyDescription("Why, and what to do.") @Required @Size(max = 32768) String message) {}
