package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The namespaces of a grant: those named and those that the selector matches. */
@ValidationRule(
        value = "has(self.names) || has(self.selector)",
        message = "say which namespaces: list names, or give a selector; 'selector: {}' is every namespace")
public record NamespaceSet(
        @JsonPropertyDescription("Namespaces by name.") @Size(min = 1, max = 256) @Nullable List<@Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Pattern(Formats.DNS_LABEL) String> names,

        @JsonPropertyDescription("Namespaces by their labels. Whoever may label namespaces decides who is in.")
        @Nullable LabelSelector selector) {}
