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
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server makes of SharedVolumes once it has the generated definition. */
class SharedVolumeIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private static final JsonNode TABLE = table();

    @BeforeAll
    static void install() {
        api.apply(SharedVolumeDefinition.FILE);
        api.command()
                .run("kubectl", "wait", "--for=condition=Established", "crd/sharedvolumes.aquifer.dev")
                .succeeded();
    }

    @TestFactory
    Stream<DynamicNode> everyRule() {
        return elements(TABLE.get("rules")).map(rule -> {
            String message = rule.get("message").asText();
            return dynamicContainer(
                    message,
                    Stream.concat(
                            elements(rule.get("passes"))
                                    .map(change -> dynamicTest("passes " + change, () -> assertAccepted(with(change)))),
                            elements(rule.get("refuses"))
                                    .map(change -> dynamicTest(
                                            "refuses " + change, () -> assertRefused(with(change), message)))));
        });
    }

    @Test
    void theTableHasEveryMessageOfTheDefinition() throws IOException {
        JsonNode definition = Serialization.unmarshal(Files.readString(SharedVolumeDefinition.FILE), JsonNode.class);
        assertThat(TABLE.get("rules").findValuesAsText("message"))
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
        assertAccepted(with(large(what, most)));
        assertRefused(with(large(what, most + 1)), message);
    }

    @Test
    void namesTheFieldThatIsUnknown() {
        String volume = Serialization.asYaml(volume(with(yaml("mountpath: /ref"))));
        String complaint = api.command()
                .runWithInput(volume, "kubectl", "create", "--dry-run=server", "-f", "-")
                .failed();
        assertThat(complaint).contains("strict decoding error: unknown field \"spec.mountpath\"");
    }

    @Test
    void fillsInWhatIsLeftOut() {
        GenericKubernetesResource created = create(with(TABLE.get("spec")));
        assertThat(created.<String>get("spec", "readPath")).isEqualTo("Direct");
        assertThat(created.<String>get("spec", "onRevoke")).isEqualTo("Keep");
    }

    @Test
    void isListedInColumnsForPeople() {
        api.namespace("listed", Map.of());
        GenericKubernetesResource volume = volume(with(TABLE.get("spec")));
        volume.getMetadata().setNamespace("listed");
        api.client().resource(volume).create();
        volume.setAdditionalProperty(
                "status",
                Map.of(
                        "roles",
                        "worker, orchestrator",
                        "boundNamespaces",
                        12,
                        "conditions",
                        List.of(Map.of(
                                "type", "Ready",
                                "status", "True",
                                "reason", "Bound",
                                "message", "",
                                "lastTransitionTime", "2026-01-01T00:00:00Z"))));
        api.client().resource(volume).updateStatus();

        List<String> lines = api.command()
                .run("kubectl", "--namespace=listed", "get", "sv")
                .succeeded()
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly("NAME", "MOUNT PATH", "READ PATH", "ROLES", "BOUND NAMESPACES", "READY", "AGE");
        assertThat(lines.getLast().split(" {2,}"))
                .startsWith("ref", "/ref", "Direct", "worker, orchestrator", "12", "True")
                .hasSize(7);
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
        return yaml(s);
    }

    private static String roles(String members) {
        return "roles: [{name: worker, %s}]".formatted(members);
    }

    private static String repeat(int times, String format) {
        return IntStream.range(0, times).mapToObj(format::formatted).collect(Collectors.joining(", "));
    }

    private static ObjectNode with(JsonNode change) {
        ObjectNode spec = TABLE.get("spec").deepCopy();
        change.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                spec.remove(member.getKey());
            } else {
                spec.set(member.getKey(), member.getValue());
            }
        });
        return spec;
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
        return api.client().resource(volume(spec)).dryRun().create();
    }

    private static GenericKubernetesResource volume(ObjectNode spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("aquifer.dev/v1alpha1")
                .withKind("SharedVolume")
                .withNewMetadata()
                .withName("ref")
                .withNamespace("default")
                .endMetadata()
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static ObjectNode yaml(String text) {
        return Serialization.unmarshal("---\n" + text, ObjectNode.class); // without the mark it may be taken for JSON
    }

    private static JsonNode table() {
        return Serialization.unmarshal(SharedVolumeIT.class.getResourceAsStream("/api/rules.yaml"), JsonNode.class);
    }
}
