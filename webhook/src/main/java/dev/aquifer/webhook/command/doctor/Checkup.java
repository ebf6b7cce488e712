package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.rest.ApiException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Runs checks one after the other. One that may not look says so, and the others go on. */
public final class Checkup {
    private Checkup() {}

    /** All findings, the worst first. */
    public static List<Finding> run(List<Check> checks) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            try {
                findings.addAll(check.run());
            } catch (ApiException e) {
                if (e.code() == ApiException.NONE) {
                    throw e;
                }
                findings.add(Finding.warning(
                        check.name(),
                        "your rights",
                        "could not look: " + e.getMessage(),
                        "run doctor as somebody who may, or ask an administrator to"));
            }
        }
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }
}
