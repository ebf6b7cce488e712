package dev.aquifer.webhook.command.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import dev.aquifer.webhook.rest.ApiException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a namespace has no claim for a shared volume, as far as who asks can see it. */
final class Absence {
    private Absence() {}

    /** The second half of a sentence: what is missing, and what to do. */
    static String of(@Nullable KnownVolume volume, String tenant, KubernetesObjects objects) {
        JsonNode namespace;
        try {
            namespace = objects.find(Kind.NAMESPACE, "", tenant);
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return "it needs the label aquifer.dev/inject=enabled, which you may not see, and a grant";
            }
            throw e;
        }
        if (namespace == null) {
            return "there is no such namespace: check the name";
        }
        ServedNamespaces served = ServedNamespaces.of(objects);
        if (!served.hasByLabel(namespace)) {
            return unlabelled(tenant, served);
        }
        Map<String, String> labels = Names.labels(namespace);
        if (volume != null && NamespaceGrants.of(volume).roles(tenant, labels).isEmpty()) {
            return "no grant in spec.access of the volume reaches it, by its name or its labels: ask the owner for one";
        }
        if (volume != null && usesItsOwn(volume, tenant)) {
            return "none is made, since its pods use the source's claim itself: leave --bound-in out";
        }
        return "it has the label and a grant, so that the binder makes one within seconds; see its log if that lasts";
    }

    private static String unlabelled(String tenant, ServedNamespaces served) {
        if (served.named().contains(tenant)) {
            return "none is made, since the namespace is served by its name, so that its pods use a claim that is there: leave --bound-in out";
        }
        return served.byLabel()
                ? "it lacks the label: kubectl label namespace %s aquifer.dev/inject=enabled --overwrite"
                        .formatted(tenant)
                : "it is none of those that are served by name: have it added to namespaces in the chart's values, and leave --bound-in out";
    }

    private static boolean usesItsOwn(KnownVolume volume, String tenant) {
        return !Boolean.TRUE.equals(volume.spec().guardSource())
                && volume.spec().readPath() != ReadPath.Cached
                && volume.spec().source().claimIn(tenant, volume.owner()) != null;
    }
}
