package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule of the API on a real API server: what passes, and what is refused with which sentence. */
class SharedVolumeRulesIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

    @TestFactory
    Stream<DynamicNode> everyRule() {
        return elements(Specs.TABLE.get("rules")).map(rule -> {
            String message = rule.get("message").asText();
            return dynamicContainer(
                    message,
                    Stream.concat(
                            elements(rule.get("passes"))
                                    .map(change ->
                                            dynamicTest("passes " + change, () -> assertAccepted(Specs.with(change)))),
                            elements(rule.get("refuses"))
                                    .map(change -> dynamicTest(
                                            "refuses " + change, () -> assertRefused(Specs.with(change), message)))));
        });
    }

    @Test
    void theTableHasEveryMessageOfTheDefinition() throws IOException {
        JsonNode definition = Serialization.unmarshal(Files.readString(SharedVolumeDefinition.FILE), JsonNode.class);
        assertThat(Specs.TABLE.get("rules").findValuesAsText("message"))
                .containsAll(definition.findValues("x-kubernetes-validations").stream()
                        .flatMap(rules -> rules.findValuesAsText("message").stream())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "roles, 16, must have at most 16 items",
        "paths, 32, must have at most 32 items",
        "access, 64, must have at most 64 items",
        "names, 256, must have at most 256 items",
        "serviceAccounts, 64, must have at most 64 items",
        "mountPath, 256, may not be more than 256 bytes",
        "path, 256, may not be more than 256 bytes",
        "roleName, 63, may not be more than 63 bytes",
        "matchLabels, 32, must have at most 32 items"
    })
    void boundsWhatItCompares(String what, int most, String message) {
        assertAccepted(Specs.with(large(what, most)));
        assertRefused(Specs.with(large(what, most + 1)), message);
    }

    @Test
    void boundsHowManyNamespacesAreNamedInAll() {
        String full = "{namespaces: {names: [%s]}, roles: [worker]}".formatted(repeat(256, "n%d"));
        String most = "access: [{namespaces: {selector: {}}, roles: [worker]}, %s, %s, %s, %s"
                .formatted(full, full, full, full);

        assertAccepted(Specs.with(Specs.yaml(most + "]")));
        assertRefused(
                Specs.with(Specs.yaml(most + ", {namespaces: {names: [one]}, roles: [worker]}]")),
                "the grants name more than 1024 namespaces in all");
    }

    private static ObjectNode large(String what, int size) {
        String s = switch (what) {
            case "roles" -> "roles: [%s]".formatted(repeat(size, "{name: r%d, paths: [{path: /, access: ReadOnly}]}"));
            case "paths" -> roles("paths: [%s]".formatted(repeat(size, "{path: p%d, access: ReadOnly}")));
            case "access" -> "access: [%s]".formatted(repeat(size, "{namespaces: {names: [n%d]}, roles: [worker]}"));
            case "names" -> "access: [{namespaces: {names: [%s]}, roles: [worker]}]".formatted(repeat(size, "n%d"));
            case "serviceAccounts" ->
                "access: [{namespaces: {names: [n]}, serviceAccounts: [%s], roles: [worker]}]"
                        .formatted(repeat(size, "s%d"));
            case "mountPath" -> "mountPath: /" + "a".repeat(size - 1);
            case "path" -> roles("paths: [{path: %s, access: ReadOnly}]".formatted("a".repeat(size)));
            case "roleName" -> "roles: [{name: %s, paths: [{path: /, access: ReadOnly}]}]".formatted("a".repeat(size));
            case "matchLabels" ->
                roles("podSelector: {matchLabels: {%s}}, paths: [{path: /, access: ReadOnly}]"
                        .formatted(repeat(size, "l%d: v")));
            default -> throw new IllegalArgumentException(what);
        };
        return Specs.yaml(s);
    }

    private static String roles(String members) {
        return "roles: [{name: worker, %s}]".formatted(members);
    }

    private static String repeat(int times, String format) {
        return IntStream.range(0, times).mapToObj(format::formatted).collect(Collectors.joining(", "));
    }

    private static void assertAccepted(ObjectNode spec) {
        assertThatCode(() -> create(spec)).doesNotThrowAnyException();
    }

    private static void assertRefused(ObjectNode spec, String message) {
        assertThatThrownBy(() -> create(spec))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    private static GenericKubernetesResource create(ObjectNode spec) {
        return api.client().resource(Specs.volume(spec)).dryRun().create();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
