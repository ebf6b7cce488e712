package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.RefusedObjects;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Where it asks when nobody has named a namespace. */
class ReachabilityCheckTest {
    private static final String NAMESPACES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: plain}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: served, labels: {aquifer.dev/inject: enabled}}
            """;

    @Test
    void asksInANamespaceWithTheLabel() throws IOException {
        assertThat(of(Manifest.of(NAMESPACES)).namespace()).isEqualTo("served");
    }

    @Test
    void asksInANamespaceThatIsServedByItsName() throws IOException {
        String served = NAMESPACES.replace("plain", "ramses") + Installation.admission("ramses", "--serve=ramses");

        assertThat(of(Manifest.of(served)).namespace()).isEqualTo("ramses");
    }

    @Test
    void saysWhichNamespacesAreServedWhereNoneOfThemIsThere() throws IOException {
        assertThat(of(Manifest.of(NAMESPACES + Installation.admission("ramses", "--serve=ramses")))
                        .run())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.message()).endsWith("admission serves by name: ramses");
                });
    }

    @Test
    void saysThatNoNamespaceHasTheLabel() throws IOException {
        ReachabilityCheck check = of(Manifest.of(""));

        assertThat(check.namespace()).isNull();
        assertThat(check.run()).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.message()).contains("no namespace has the label aquifer.dev/inject=enabled");
        });
    }

    @Test
    void asksInHisOwnForWhoeverMayListNone() throws IOException {
        assertThat(of(new RefusedObjects(403)).namespace()).isEqualTo("own");
    }

    @Test
    void goesOnWithNoOtherFailure() {
        assertThatThrownBy(() -> of(new RefusedObjects(500))).isInstanceOf(ApiException.class);
    }

    private static ReachabilityCheck of(KubernetesObjects objects) throws IOException {
        try (PretendedApiServer server = new PretendedApiServer("/", exchange -> exchange.close())) {
            return ReachabilityCheck.ofServed(new ApiServer(server.client()), objects, "own");
        }
    }
}
