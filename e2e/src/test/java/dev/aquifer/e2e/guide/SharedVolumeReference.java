package dev.aquifer.e2e.guide;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page of the guide about SharedVolume, made of its definition: a row for each field, a line for each rule. */
final class SharedVolumeReference {
    private final StringBuilder page = new StringBuilder("""
            # SharedVolume

            `aquifer.dev/v1alpha1`, namespaced, short name `sv`. In bold what must be there. A field that does not exist is
            refused by kubectl. What the API server refuses beyond types and lengths stands below each table, in its own words.
            """);

    private SharedVolumeReference() {}

    /** @param definition the CustomResourceDefinition as YAML */
    static String page(String definition) {
        JSONSchemaProps volume = Serialization.unmarshal(definition, CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema();
        SharedVolumeReference reference = new SharedVolumeReference();
        for (String part : List.of("spec", "status")) {
            reference.section(part, requireNonNull(volume.getProperties().get(part)));
        }
        return reference.page.toString();
    }

    private void section(String path, JSONSchemaProps schema) {
        List<String> rules = new ArrayList<>();
        page.append("\n## ").append(path).append("\n\n| field | type | |\n|---|---|---|\n");
        collect(rules, path, schema);
        rows(path, schema, rules);
        if (!rules.isEmpty()) {
            page.append('\n');
            rules.stream()
                    .distinct()
                    .forEach(rule -> page.append("- ").append(rule).append('\n'));
        }
    }

    private void rows(String path, JSONSchemaProps schema, List<String> rules) {
        schema.getProperties().forEach((name, field) -> {
            String full = path + "." + name;
            String shown = requireNonNullElse(schema.getRequired(), List.of()).contains(name)
                    ? "**`%s`**".formatted(full)
                    : "`%s`".formatted(full);
            page.append("| %s | %s | %s |\n".formatted(shown, type(field), text(field)));
            collect(rules, full, field);
            JSONSchemaProps inner = items(field);
            if (inner != null) {
                collect(rules, full + "[]", inner);
            }
            JSONSchemaProps object = inner == null ? field : inner;
            rows(inner == null ? full : full + "[]", object, rules);
        });
    }

    private static void collect(List<String> rules, String path, JSONSchemaProps schema) {
        schema.getXKubernetesValidations()
                .forEach(rule -> rules.add("`%s`: %s".formatted(path, escaped(rule.getMessage()))));
    }

    private static String type(JSONSchemaProps field) {
        if (!field.getEnum().isEmpty()) {
            return field.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        JSONSchemaProps inner = items(field);
        if (inner != null) {
            return "list of " + type(inner) + (field.getMaxItems() == null ? "" : ", at most " + field.getMaxItems());
        }
        return field.getAdditionalProperties() == null
                ? field.getType()
                : "map of " + field.getAdditionalProperties().getSchema().getType();
    }

    private static String text(JSONSchemaProps field) {
        String description = escaped(requireNonNullElse(field.getDescription(), ""));
        String standard = field.getDefault() == null
                ? ""
                : " Default: `%s`.".formatted(field.getDefault().asText());
        return (description + standard).strip();
    }

    private static @Nullable JSONSchemaProps items(JSONSchemaProps field) {
        return field.getItems() == null ? null : field.getItems().getSchema();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
