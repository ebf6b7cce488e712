package dev.aquifer.webhook.binding.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRule.Treatment;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.SourceReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the rule of a CSI driver lets its volume be had a second time. */
final class HandleCheck {
    private static final String REMEDY =
            "; copy the data to a volume of a driver that can, such as NFS or CephFS, or share it with readPath: Cached, which reads it through a pod in its own namespace";

    private HandleCheck() {}

    /** The refusal; null when there is none. */
    static @Nullable Unready refuse(String what, JsonNode csi, HandleRules rules) {
        String driver = csi.path("driver").asText();
        HandleRule rule = rules.of(driver);
        if (rule == null) {
            return new Unready(
                    SourceReason.DriverNotKnown,
                    "%s is of CSI driver \"%s\", of which it is not known whether two volumes can share one place: share it as a claim of a driver that is known, or have a rule for it added (docs/decisions/0014 says how)"
                            .formatted(what, driver));
        }
        if (rule.handle() == Treatment.Refuse) {
            return refused(what, driver, rule.reason());
        }
        JsonNode attributes = csi.path("volumeAttributes");
        List<String> missing = new ArrayList<>();
        rule.requires().forEach((name, value) -> {
            if (!attributes.path(name).asText().equals(value)) {
                missing.add(name + ": " + value);
            }
        });
        for (String name : rule.location()) {
            if (attributes.path(name).asText().isEmpty()) {
                missing.add(name);
            }
        }
        return missing.isEmpty()
                ? null
                : refused(
                        what,
                        driver,
                        "its location must stand in its volumeAttributes, which lack %s; %s"
                                .formatted(
                                        String.join(
                                                ", ", missing.stream().sorted().toList()),
                                        rule.reason()));
    }

    private static Unready refused(String what, String driver, String reason) {
        return new Unready(
                SourceReason.HandleNotShareable,
                "%s of CSI driver \"%s\" cannot be had a second time: %s%s".formatted(what, driver, reason, REMEDY));
    }
}
