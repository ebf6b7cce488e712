package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.ClusterSources;
import dev.aquifer.webhook.entitlement.Tenant;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LabelledTenantsTest {
    private static final Map<String, String> LABEL = Map.of("aquifer.dev/inject", "enabled");

    private final AtomicInteger told = new AtomicInteger();
    private final LabelledTenants tenants =
            new LabelledTenants(new TenantReader(AcceptedOwners.NONE), told::incrementAndGet);

    @Test
    void knowsANamespaceOnceItHasItsLabel() {
        tenants.store().put("lab", namespace(Map.of("team", "red")));
        assertThat(tenants.get("lab")).isNull();
        CompletableFuture<Tenant> known = tenants.whenKnown("lab");
        assertThat(known).isNotDone();
        tenants.store().put("lab", namespace(Map.of("aquifer.dev/inject", "disabled")));
        assertThat(known).isNotDone();
        tenants.store().put("lab", namespace(LABEL));
        assertThat(known).isCompletedWithValue(new Tenant("lab", LABEL, AcceptedOwners.NONE));
        assertThat(tenants.get("lab")).isNotNull();
    }

    @Test
    void doesNotWaitForWhatIsKnown() {
        tenants.store().put("lab", namespace(LABEL));
        assertThat(tenants.whenKnown("lab")).isCompleted();
    }

    @Test
    void tellsOfOwnersWhoMayShareTheClustersStorageAndOfNothingElse() {
        tenants.store().put("lab", namespace(LABEL));
        tenants.store().put("lab", namespace(Map.of("aquifer.dev/cluster-sources", "denied")));
        assertThat(told).hasValue(0);
        tenants.store().put("lab", namespace(ClusterSources.LEAVE));
        assertThat(told).hasValue(1);
        assertThat(tenants.owner("lab")).isNotNull();
        tenants.store().put("lab", namespace(Map.of("aquifer.dev/cluster-sources", "allowed", "team", "red")));
        assertThat(told).hasValue(1);
        tenants.store().remove("lab");
        assertThat(told).hasValue(2);
        assertThat(tenants.owner("lab")).isNull();
    }

    private static Namespace namespace(Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName("lab")
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
