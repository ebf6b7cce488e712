package dev.aquifer.webhook.binding.source;

import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.binding.names.PairName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How volumes of one CSI driver can be had a second time. The handle is what kubelet knows a volume by: two volumes with
 * one handle on one node share a mount or wait for ever.
 *
 * @param handle what becomes of the handle
 * @param location the attributes that say where the data lies, which the volume must have
 * @param within attributes that choose a part of that place, in any case of letters, which the volume may have
 * @param withinOptions names of mount options that do, without the dashes before them
 * @param requires attributes that the volume must have with these values
 * @param separator what stands between the source's handle and a suffix; null for a dash
 * @param readOnlyOption whether the driver takes the mount option {@code ro}; null for yes
 * @param seLinux what nodes with SELinux do to its files when a pod may write: Kept of file systems that keep no labels;
 *     null where that is not known
 * @param reason why the rule is so, as the end of a sentence
 * @param source where that is written
 */
public record HandleRule(
        Treatment handle,
        List<String> location,
        List<String> within,
        List<String> withinOptions,
        Map<String, String> requires,
        @Nullable String separator,
        @Nullable Boolean readOnlyOption,
        @Nullable SeLinuxEffect seLinux,
        String reason,
        @Nullable String source) {

    /** What becomes of the handle. */
    public enum Treatment {
        /** Each pair has one of its own: the driver finds the data by attributes and takes any handle. */
        Replace,
        /** Each pair has the source's and something after it that the driver leaves aside. */
        Suffix,
        /** The handle is the location: there can be no second volume. */
        Refuse,
        /** All pairs have the source's: the driver and kubelet bear it. */
        Same
    }

    public HandleRule {
        Objects.requireNonNull(handle, "handle: Replace, Suffix, Refuse or Same");
        Objects.requireNonNull(reason, "reason: why the rule is so");
        location = List.copyOf(Objects.requireNonNullElse(location, List.of()));
        within = List.copyOf(Objects.requireNonNullElse(within, List.of()));
        withinOptions = List.copyOf(Objects.requireNonNullElse(withinOptions, List.of()));
        requires = Map.copyOf(Objects.requireNonNullElse(requires, Map.of()));
    }

    /** The handle of a pair. */
    String handle(String ofSource, String pairName) {
        return switch (handle) {
            case Replace -> pairName;
            case Suffix -> ofSource + suffix(pairName);
            case Refuse, Same -> ofSource;
        };
    }

    /** What of a pair's handle is the source's; empty where nothing is. */
    public String ofSource(String handleOfPair, String pairName) {
        return switch (handle) {
            case Replace -> "";
            case Suffix ->
                handleOfPair.endsWith(suffix(pairName))
                        ? handleOfPair.substring(
                                0, handleOfPair.length() - suffix(pairName).length())
                        : handleOfPair;
            case Refuse, Same -> handleOfPair;
        };
    }

    /** Whether a mount option chooses a part of the place. */
    boolean isWithin(String mountOption) {
        String bare = mountOption.replaceFirst("^-+", "");
        return withinOptions.stream().anyMatch(name -> bare.startsWith(name + "=") || bare.startsWith(name + " "));
    }

    private String suffix(String pairName) {
        return (separator == null ? "-" : separator) + PairName.hash(pairName);
    }

    boolean takesReadOnlyOption() {
        return readOnlyOption == null || readOnlyOption;
    }
}
