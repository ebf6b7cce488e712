package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;

/** Reads a tenant from its Namespace: its name, its labels, and the owners that it or the administrator accepts. */
final class TenantReader {
    private static final String ACCEPT_FROM = "aquifer.dev/accept-from";

    private final AcceptedOwners acceptedByAdmin;

    TenantReader(AcceptedOwners acceptedByAdmin) {
        this.acceptedByAdmin = acceptedByAdmin;
    }

    Tenant read(Namespace namespace) {
        String name = namespace.getMetadata().getName();
        Map<String, String> annotations = namespace.getMetadata().getAnnotations();
        String list = annotations == null ? null : annotations.get(ACCEPT_FROM);
        AcceptedOwners accepts =
                list == null ? acceptedByAdmin : AcceptedOwners.parse(list).and(acceptedByAdmin);
        return new Tenant(name, SharedTexts.of(namespace.getMetadata().getLabels()), accepts);
    }

    /** A namespace of which nothing is known but that it is served. */
    static Namespace assumed(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Served.labels(name))
                .endMetadata()
                .build();
    }

    static Namespace stub(String name) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
    }
}
