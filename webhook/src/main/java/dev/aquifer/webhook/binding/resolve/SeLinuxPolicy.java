package dev.aquifer.webhook.binding.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.binding.source.HandleRule;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.binding.source.SourceType;
import org.jspecify.annotations.Nullable;

/**
 * What nodes with SELinux do to the files of a volume that a pod mounts writable: kubelet has the runtime relabel volumes
 * of some types (GetAttributes of each of kubelet's volume plugins), and of CSI those whose file system keeps labels.
 */
public final class SeLinuxPolicy {
    private SeLinuxPolicy() {}

    /**
     * The effect; null where it is not known.
     *
     * @param spec of a PersistentVolume
     */
    public static @Nullable SeLinuxEffect effect(JsonNode spec, HandleRules rules) {
        SourceType type = SourceType.of(spec);
        if (type != SourceType.CSI) {
            return type == null ? null : type.seLinux();
        }
        HandleRule rule = rules.of(spec.path(type.member()).path("driver").asText());
        return rule == null ? null : rule.seLinux();
    }
}
