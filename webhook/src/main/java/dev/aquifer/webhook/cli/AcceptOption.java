package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The owners that every tenant accepts, as admission and the binder must be told alike. */
final class AcceptOption {
    @Option(
            names = "--accept-from",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Owners whose volumes every tenant accepts, beside those that its Namespace names in the"
                    + " annotation aquifer.dev/accept-from. * accepts all (default: none).")
    private List<String> acceptFrom = new ArrayList<>();

    AcceptedOwners owners() {
        return AcceptedOwners.parse(String.join(",", acceptFrom));
    }
}
