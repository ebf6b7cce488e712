package dev.aquifer.webhook.command.lookup;

import static dev.aquifer.webhook.command.Installation.admission;
import static dev.aquifer.webhook.command.Installation.calledIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.RefusedObjects;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstalledTest {
    private static final String ALL = admission("anna", "") + admission("ramses", "") + admission("system", "");

    @Test
    void isWhereTheApiServerCallsIt() {
        assertThat(namespaces(Manifest.of(ALL + calledIn("system")))).containsExactly("system");
        assertThat(namespaces(Manifest.of(ALL + calledIn("system") + calledIn("ramses"))))
                .containsExactly("ramses", "system");
    }

    @Test
    void isWhereverItsLabelsAreIfNobodyCallsIt() {
        String others = calledIn("anna").replace("app.kubernetes.io/name: aquifer", "app.kubernetes.io/name: another");

        assertThat(namespaces(Manifest.of(ALL))).containsExactly("anna", "ramses", "system");
        assertThat(namespaces(Manifest.of(ALL + others))).containsExactly("anna", "ramses", "system");
    }

    @Test
    void isWhereverItsLabelsAreForWhoeverMayNotSeeWhoIsCalled() {
        assertThat(namespaces(new WithoutConfigurations(Manifest.of(ALL + calledIn("system")), 403)))
                .containsExactly("anna", "ramses", "system");
    }

    @Test
    void goesOnWithNoOtherFailure() {
        var failing = new WithoutConfigurations(Manifest.of(ALL), 500);

        assertThatThrownBy(() -> namespaces(failing)).isInstanceOf(ApiException.class);
    }

    /** @param code of the API server's answer for lists of them */
    private record WithoutConfigurations(KubernetesObjects objects, int code) implements KubernetesObjects {
        @Override
        public List<JsonNode> all(Kind kind) {
            return new RefusedObjects(code).all(kind);
        }

        @Override
        public List<JsonNode> labelled(Kind kind, String labels) {
            return objects.labelled(kind, labels);
        }

        @Override
        public List<JsonNode> within(String namespace, Kind kind, String labels) {
            return objects.within(namespace, kind, labels);
        }

        @Override
        public @Nullable JsonNode find(Kind kind, String namespace, String name) {
            return objects.find(kind, namespace, name);
        }
    }

    private static List<String> namespaces(KubernetesObjects objects) {
        return InstalledProgram.all(objects, "admission").stream()
                .map(InstalledProgram::namespace)
                .toList();
    }
}
