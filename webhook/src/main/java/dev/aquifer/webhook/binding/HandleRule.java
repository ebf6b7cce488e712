package dev.aquifer.webhook.binding;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How volumes of one CSI driver can be had a second time. The handle is what kubelet knows a volume by: two volumes with
 * one handle on one node share a mount or wait for ever.
 *
 * @param handle what becomes of the handle
 * @param location the attributes that say where the data lies: for {@link Treatment#Suffix} the volume must have them
 * @param requires attributes that the volume must have with these values
 * @param subdirectory the attribute that takes a directory below the location; null without
 * @param readOnlyOption whether the driver takes the mount option {@code ro}; null for yes
 * @param reason why the rule is so, as the end of a sentence
 * @param source where that is written
 */
public record HandleRule(
        Treatment handle,
        List<String> location,
        Map<String, String> requires,
        @Nullable String subdirectory,
        @Nullable Boolean readOnlyOption,
        String reason,
        @Nullable String source) {

    /** What becomes of the handle. */
    public enum Treatment {
        /** Each pair has its own: the driver finds the data by attributes and takes any handle. */
        Suffix,
        /** The handle is the location: there can be no second volume. */
        Refuse,
        /** All pairs have the source's: the driver and kubelet bear it. */
        Same
    }

    public HandleRule {
        Objects.requireNonNull(handle, "handle: Suffix, Refuse or Same");
        Objects.requireNonNull(reason, "reason: why the rule is so");
        location = List.copyOf(Objects.requireNonNullElse(location, List.of()));
        requires = Map.copyOf(Objects.requireNonNullElse(requires, Map.of()));
        if (handle == Treatment.Suffix && location.isEmpty()) {
            throw new IllegalArgumentException("Suffix needs location: the attributes that say where the data lies");
        }
    }

    boolean takesReadOnlyOption() {
        return readOnlyOption == null || readOnlyOption;
    }
}
