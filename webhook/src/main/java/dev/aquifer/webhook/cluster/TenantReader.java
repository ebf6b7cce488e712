package dev.aquifer.webhook.cluster;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a tenant from its Namespace: its name, its labels, and the owners that it or the administrator accepts. */
public final class TenantReader {
    private final AcceptedOwners acceptedByAdmin;

    /** @param acceptedByAdmin the owners that every namespace accepts */
    public TenantReader(AcceptedOwners acceptedByAdmin) {
        this.acceptedByAdmin = acceptedByAdmin;
    }

    Tenant read(Namespace namespace) {
        String name = namespace.getMetadata().getName();
        return new Tenant(
                name,
                SharedTexts.of(namespace.getMetadata().getLabels()),
                accepts(namespace.getMetadata().getAnnotations()));
    }

    /** The owners that a Namespace with these annotations accepts, or the administrator for it. */
    public AcceptedOwners accepts(@Nullable Map<String, String> annotations) {
        String list = annotations == null ? null : annotations.get(AcceptedOwners.KEY);
        return list == null ? acceptedByAdmin : AcceptedOwners.parse(list).and(acceptedByAdmin);
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
