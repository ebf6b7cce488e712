package dev.aquifer.webhook.cli;

import java.util.Locale;

/** The variable of the environment that takes the place of an option that is not given. */
public final class EnvironmentVariable {
    private static final String PREFIX = "AQUIFER_";

    private EnvironmentVariable() {}

    /** Of an option's long name: {@code AQUIFER_CA_SECRET} of {@code --ca-secret}. */
    public static String of(String option) {
        return PREFIX + option.replaceFirst("^--?", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
