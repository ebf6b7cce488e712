package dev.aquifer.webhook.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all pairs' volumes of one source have in common. Its trees are never changed once it is made.
 *
 * @param source what stands in the specification under the type's name
 * @param nodeAffinity where the volume can be reached; null for everywhere
 * @param mountOptions the source's own
 * @param gid see {@link SourceVolume#gid}
 * @param rule the rule of the CSI driver; null for other types
 */
record VolumeTemplate(
        SourceType type,
        ObjectNode source,
        @Nullable JsonNode nodeAffinity,
        List<String> mountOptions,
        @Nullable String gid,
        @Nullable HandleRule rule) {
    private static final String READ_ONLY_OPTION = "ro";

    VolumeTemplate {
        mountOptions = List.copyOf(mountOptions);
    }

    /** What nobody may change in a volume of this mode, with the source's own handle. */
    ObjectNode fixed(PairMode mode) {
        ObjectNode copy = source.deepCopy();
        copy.remove("readOnly");
        if (mode == PairMode.READ_ONLY && type.hasReadOnly()) {
            copy.put("readOnly", true);
        }
        ObjectNode fixed = JsonNodeFactory.instance.objectNode();
        fixed.set(type.member(), copy);
        if (nodeAffinity != null) {
            fixed.set("nodeAffinity", nodeAffinity);
        }
        fixed.put("volumeMode", "Filesystem");
        return fixed;
    }

    /** Changes with {@link #fixed}. */
    String hash(PairMode mode) {
        return CanonicalJson.hash(fixed(mode));
    }

    List<String> mountOptions(PairMode mode) {
        if (!type.takesMountOptions()) {
            return List.of();
        }
        if (mode == PairMode.READ_WRITE || (rule != null && !rule.takesReadOnlyOption())) {
            return mountOptions;
        }
        List<String> options = new ArrayList<>();
        for (String option : mountOptions) {
            if (!option.equals("rw") && !option.equals(READ_ONLY_OPTION)) {
                options.add(option);
            }
        }
        options.add(READ_ONLY_OPTION);
        return options;
    }

    /** Whether the mount options alone make everything read-only; several may stand in one text. */
    static boolean saysReadOnly(List<String> mountOptions) {
        return mountOptions.stream()
                .flatMap(options -> Arrays.stream(options.split(",", -1)))
                .anyMatch(option -> option.strip().equals(READ_ONLY_OPTION));
    }

    /** The handle of the pair with this name; null for types without. */
    @Nullable String handle(String pairName) {
        if (rule == null) {
            return null;
        }
        String own = source.path("volumeHandle").asText();
        return rule.handle() == HandleRule.Treatment.Suffix ? own + PairName.suffix(pairName) : own;
    }
}
