package dev.aquifer.webhook.api;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The CustomResourceDefinition that the records of this package say. What no annotation can express is added here, so
 * that the file in the chart is never edited by hand.
 */
final class SharedVolumeDefinition implements CRDPostProcessor {
    /** Where the definition is checked in, from the module's folder. */
    static final Path FILE = ControlPlane.DEFINITION;

    private static final List<String> COLUMNS =
            List.of("Mount path", "Read path", "Roles", "Bound namespaces", "Ready", "Age");

    private static final String HEADER = """
            # Generated from the records in dev.aquifer.webhook.api; do not edit. To refresh it:
            # mvn -pl webhook -am test -Dtest=SharedVolumeDefinitionTest -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.write=true
            """;

    private SharedVolumeDefinition() {}

    /** The definition as YAML; the same bytes for the same records. */
    static String yaml(Path scratch) throws IOException {
        new CRDGenerator()
                .customResourceClasses(SharedVolume.class)
                .forCRDVersions("v1")
                .withPostProcessor(new SharedVolumeDefinition())
                .withMinQuotes(true)
                .inOutputDir(scratch.toFile())
                .generate();
        String text = Files.readString(scratch.resolve("sharedvolumes.aquifer.dev-v1.yml"));
        return HEADER + text.substring(text.indexOf("apiVersion:"));
    }

    @Override
    public HasMetadata process(HasMetadata generated, String version) {
        CustomResourceDefinition definition = (CustomResourceDefinition) generated;
        // removing the chart must not remove what owners wrote
        definition.getMetadata().setAnnotations(Map.of("helm.sh/resource-policy", "keep"));
        CustomResourceDefinitionVersion served =
                definition.getSpec().getVersions().getFirst();
        // the generator sorts them by JSON path
        served.getAdditionalPrinterColumns().sort(comparingInt(column -> COLUMNS.indexOf(column.getName())));
        JSONSchemaProps volume = served.getSchema().getOpenAPIV3Schema();
        volume.setDescription("A volume that its owner shares with pods of other namespaces, by role.");
        volume.setRequired(List.of("spec"));
        keyed(volume, "name", "spec", "roles");
        keyed(volume, "type", "status", "conditions");
        withoutRepeatedRules(volume);
        return definition;
    }

    /** Makes the list a map by the key: server-side apply merges its entries, and two with one key are refused. */
    private static void keyed(JSONSchemaProps root, String key, String... path) {
        JSONSchemaProps list = root;
        for (String property : path) {
            list = requireNonNull(list.getProperties().get(property), property);
        }
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
    }

    /** The generator finds the rules of a record's component twice: on its field and on its accessor. */
    private static void withoutRepeatedRules(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        schema.getProperties().values().forEach(SharedVolumeDefinition::withoutRepeatedRules);
        if (schema.getItems() != null) {
            withoutRepeatedRules(schema.getItems().getSchema());
        }
    }
}
