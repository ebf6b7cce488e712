package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner's consent: pods of these namespaces that run as these service accounts may take these roles.
 *
 * @param serviceAccounts names, or {@code *} for every one; none given means every one
 */
public record Grant(
        @JsonPropertyDescription("The namespaces whose pods may take the roles.") @Required
        NamespaceSet namespaces,

        @JsonPropertyDescription(
                "The service accounts that their pods must run as; '*' or none given is every one. The boundary"
                        + " is the namespace: whoever creates pods there chooses their service account.")
        @Size(min = 1, max = 64) @Nullable List<@Size(min = 1, max = Formats.DNS_SUBDOMAIN_LENGTH) @Pattern(Formats.SERVICE_ACCOUNT) String>
                serviceAccounts,

        @JsonPropertyDescription("The roles that they may take.") @Required @Size(min = 1, max = 16) List<@Size(min = 1, max = Formats.DNS_LABEL_LENGTH) @Pattern(Formats.DNS_LABEL) String> roles) {}
