package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.binding.objects.ClusterFacts;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What keeps the namespaces that an owner granted a role by name from it: a name mistyped, or a label that is missing. */
final class UnmetGrants {
    private UnmetGrants() {}

    /** A sentence without its end for each, the first few; none where every name is served. */
    static @Nullable String of(KnownVolume volume, ClusterFacts facts) {
        List<Grant> access = Objects.requireNonNullElse(volume.spec().access(), List.of());
        if (access.isEmpty()) {
            return "spec.access grants nothing to anybody";
        }
        Set<String> named = new TreeSet<>();
        access.forEach(grant ->
                named.addAll(Objects.requireNonNullElse(grant.namespaces().names(), List.of())));
        List<String> unmet = new ArrayList<>();
        for (String name : named) {
            String sentence = sentence(name, facts.namespace(name));
            if (sentence != null) {
                unmet.add(sentence);
            }
        }
        return unmet.isEmpty() ? null : StatusSummary.some(unmet, "; ");
    }

    private static @Nullable String sentence(String name, @Nullable TenantNamespace namespace) {
        if (namespace == null) {
            return "there is no namespace %s that spec.access names: check the name".formatted(name);
        }
        return namespace.served() || namespace.deleting()
                ? null
                : "namespace %s lacks the label: kubectl label namespace %s aquifer.dev/inject=enabled --overwrite"
                        .formatted(name, name);
    }
}
