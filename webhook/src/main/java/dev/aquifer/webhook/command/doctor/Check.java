package dev.aquifer.webhook.command.doctor;

import java.util.List;

/** Looks at one side of an installation. It changes nothing. */
public interface Check {

    /** In kebab case, as findings say it. */
    String name();

    /** What it found, one entry at least; what cannot be looked at is an ApiException. */
    List<Finding> run();
}
