package dev.aquifer.webhook.command.output;

import java.util.Locale;

/** Bytes as people read them. */
public final class Size {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final double STEP = 1024;

    private Size() {}

    /** Such as {@code 1.5 GiB}. */
    public static String of(long bytes) {
        double value = bytes;
        int unit = 0;
        // what would be written as 1024.0 is one of the next unit
        while (value >= STEP - 0.05 && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
