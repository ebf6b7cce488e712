package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.testing.ControlPlane;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of all that was made for caches once no node has an agent any more. */
final class CacheOffIT {
    /** Where the binder's lease is, too. */
    private static final String HOME = "default";

    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final BindingWorld world = new BindingWorld(api);

    @Test
    void originsKeysAndListsGo() {
        world.apply("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: aquifer-authority, namespace: %s}, data: {ca.crt: PEM}}
                """.formatted(HOME));
        world.owner("cache-off-owner");
        api.namespace("cache-off-tenant", Map.of("aquifer.dev/inject", "enabled", "cache-off", "true"));
        world.share("cache-off-owner", "ref", "cache-off", "readPath: Cached\ncache: {prefetch: true}");
        try (var _ = world.binder("on", BindMode.FAST, new OriginSettings(HOME, "node:it", "Never", "https://a"))) {
            eventually(() -> {
                assertThat(left("deployment,service,networkpolicy,serviceaccount", "cache-off-owner"))
                        .contains("deployment", "service", "networkpolicy", "serviceaccount");
                assertThat(left("secret,configmap", HOME))
                        .contains("aquifer-prefetch-keys", "aquifer-key-", "aquifer-datasets");
            });
        }

        try (var _ = world.binder("off", BindMode.FAST)) {
            eventually(() -> {
                assertThat(left("deployment,service,networkpolicy,serviceaccount,configmap", "cache-off-owner"))
                        .isEmpty();
                assertThat(left("secret,configmap", HOME)).isEmpty();
                assertThat(world.condition("cache-off-owner", "ref", "Cached")).isEqualTo("False/NoNodeAgents");
            });
        }
    }

    /** The names of what the binder made. */
    private static String left(String kinds, String namespace) {
        return api.command()
                .run("kubectl", "get", kinds, "-n", namespace, "-l", "aquifer.dev/managed-by=binder", "-o", "name")
                .succeeded();
    }
}
