package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownAnnotationsTest {
    private static final Tenant TENANT = new Tenant("lab", Map.of(), AcceptedOwners.NONE);

    @ParameterizedTest
    @CsvSource({
        "aquifer.dev/volume, aquifer.dev/volumes",
        "aquifer.dev/Volumes, aquifer.dev/volumes",
        "Aquifer.dev/Volumes, aquifer.dev/volumes",
        "aquifer.dev/container, aquifer.dev/containers",
        "aquifer.dev/injekt, aquifer.dev/inject"
    })
    void areNamedWithTheKnownOneThatIsMostLikeThem(String written, String meant) throws Exception {
        assertThat(warnings("\"%s\": \"ref\"".formatted(written)))
                .containsExactly("annotation %s is none of Aquifer's for pods, and does nothing; did you mean %s?"
                        .formatted(written, meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"aquifer.dev/containers\": \"main\", \"aquifer.dev/inject\": \"true\", \"aquifer.dev/injected\": \"{}\"",
                "\"aquifer.dev/inject\": \"false\"",
                "\"notaquifer.dev/volume\": \"ref\", \"aquifer.example.org/volume\": \"ref\""
            })
    void areNoneThatAquiferOrSomebodyElseKnows(String annotations) throws Exception {
        assertThat(warnings(annotations)).isEmpty();
    }

    @Test
    void areNamedBesideARefusalAndWhereThePodOptsOut() throws Exception {
        assertThat(warnings("\"aquifer.dev/volumes\": \"none\", \"aquifer.dev/role\": \"x\""))
                .singleElement()
                .asString()
                .contains("aquifer.dev/role ");
        assertThat(warnings("\"aquifer.dev/inject\": \"false\", \"aquifer.dev/role\": \"x\""))
                .hasSize(1);
    }

    @Test
    void labelsInTheirPlaceAreNamed() throws Exception {
        assertThat(warningsOfLabels("\"aquifer.dev/volumes\": \"human\", \"app\": \"volumes\""))
                .containsExactly(
                        "label aquifer.dev/volumes does nothing on a pod: write annotation aquifer.dev/volumes");
        assertThat(warningsOfLabels("\"Aquifer.dev/Inject\": \"false\""))
                .containsExactly("label Aquifer.dev/Inject does nothing on a pod: write annotation aquifer.dev/inject");
        assertThat(warningsOfLabels("\"aquifer.dev/origin\": \"o\", \"volumes\": \"human\""))
                .isEmpty();
    }

    @Test
    void areNamedUpToAFew() throws Exception {
        assertThat(
                        warnings(
                                "\"aquifer.dev/d\": \"\", \"aquifer.dev/b\": \"\", \"aquifer.dev/c\": \"\", \"aquifer.dev/a\": \"\""))
                .hasSize(3)
                .first()
                .asString()
                .contains("aquifer.dev/a ");
    }

    private static List<String> warnings(String annotations) throws Exception {
        return warnings("annotations", annotations);
    }

    private static List<String> warningsOfLabels(String labels) throws Exception {
        return warnings("labels", labels);
    }

    private static List<String> warnings(String member, String content) throws Exception {
        return new Case(Case.JSON.readTree("""
                                {"metadata": {"%s": {%s}}, "spec": {"containers": [{"name": "main"}]}}""".formatted(member, content)), TENANT, Catalog.of(List.of()))
                .decide()
                .warnings();
    }
}
