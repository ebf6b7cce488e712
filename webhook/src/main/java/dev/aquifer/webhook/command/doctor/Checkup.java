package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.rest.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs checks one after the other. Those that may not look are named in one finding, and the others go on. */
public final class Checkup {
    private Checkup() {}

    /** All findings, the worst first. */
    public static List<Finding> run(List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        Set<String> skipped = new LinkedHashSet<>();
        for (Check check : checks) {
            try {
                findings.addAll(check.run());
            } catch (ApiException e) {
                if (e.code() == ApiException.NONE) {
                    throw e;
                }
                if (e.isRefusal()) {
                    skipped.add(check.name());
                } else {
                    findings.add(Finding.warning(
                            check.name(),
                            "the API server",
                            "could not look: " + e.getMessage(),
                            "try again, and see the API server's log if that lasts"));
                }
            }
        }
        if (!skipped.isEmpty()) {
            findings.add(Finding.warning(
                    RightsCheck.NAME,
                    "your rights",
                    "these checks were skipped for want of rights, which tenants and owners need not have: "
                            + String.join(", ", skipped),
                    "nothing, or ask an administrator to run doctor"));
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }
}
