package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binding.names.PairMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
public record VolumeTemplate(
        SourceType type,
        ObjectNode source,
        @Nullable JsonNode nodeAffinity,
        List<String> mountOptions,
        @Nullable String gid,
        @Nullable HandleRule rule) {
    public static final String HANDLE = "volumeHandle";
    private static final String READ_ONLY = "readOnly";
    private static final String READ_ONLY_OPTION = "ro";

    public VolumeTemplate {
        mountOptions = List.copyOf(mountOptions);
    }

    /** What nobody may change in the volume of such a pair, with what its handle has of the source's. */
    public ObjectNode fixed(PairMode mode, String tenant) {
        ObjectNode copy = source.deepCopy();
        copy.remove(READ_ONLY);
        if (rule != null) {
            copy.put(
                    HANDLE,
                    rule.handle() == HandleRule.Treatment.Replace
                            ? ""
                            : copy.path(HANDLE).asText());
        }
        switch (mode) {
            case READ_ONLY -> {
                if (type.hasReadOnly()) {
                    copy.put(READ_ONLY, true);
                }
            }
            case CACHED -> CachedSource.enter(tenant, copy.put(READ_ONLY, true));
            case READ_WRITE -> {
                // as writable as the source
            }
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
    public String hash(PairMode mode, String tenant) {
        return CanonicalJson.hash(fixed(mode, tenant));
    }

    public List<String> mountOptions(PairMode mode) {
        if (!type.takesMountOptions() || mode == PairMode.CACHED) {
            return List.of();
        }
        if (mode == PairMode.READ_WRITE || (rule != null && !rule.takesReadOnlyOption())) {
            return mountOptions;
        }
        List<String> options = new ArrayList<>();
        for (String several : mountOptions) {
            String others = single(several)
                    .filter(option -> !option.equals("rw") && !option.equals(READ_ONLY_OPTION))
                    .collect(Collectors.joining(","));
            if (!others.isEmpty()) {
                options.add(others);
            }
        }
        options.add(READ_ONLY_OPTION);
        return options;
    }

    /** Whether the mount options alone make everything read-only; several may stand in one text. */
    public static boolean saysReadOnly(List<String> mountOptions) {
        return mountOptions.stream().flatMap(VolumeTemplate::single).anyMatch(READ_ONLY_OPTION::equals);
    }

    private static Stream<String> single(String options) {
        return Arrays.stream(options.split(",", -1)).map(String::strip);
    }

    /** The handle of the pair with this name; null for types without. */
    public @Nullable String handle(String pairName) {
        return rule == null ? null : rule.handle(source.path(HANDLE).asText(), pairName);
    }
}
