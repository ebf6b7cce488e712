package dev.aquifer.webhook.command;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The owners that every namespace accepts, which only the installation knows. */
final class AcceptedOption {
    @Option(
            names = "--accept-from",
            paramLabel = "NAMESPACE",
            split = ",",
            description = "Owners that every namespace accepts, as the installation's acceptFrom says; * for all"
                    + " (default: what the running admission was told, where that can be read).")
    private List<String> acceptFrom = new ArrayList<>();

    /** Null where it is not said. */
    @Nullable AcceptedOwners accepted() {
        return acceptFrom.isEmpty() ? null : AcceptedOwners.parse(String.join(",", acceptFrom));
    }
}
