package dev.aquifer.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.ProjectFiles;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of the chart, as Prometheus reads them. */
class AlertsIT {
    private static final Path CASES = Path.of("src/test/resources/prometheus/alerts.yaml");

    private final Promtool promtool = Promtool.find();

    @TempDir
    private Path folder;

    @Test
    void areRulesThatPrometheusTakes() {
        promtool.on("", "check", "rules", Expressions.ALERTS.toString());
    }

    @Test
    void andTheDashboardsAskInTheLanguageOfPrometheus() throws IOException {
        List<Map<String, String>> rules = Expressions.all().stream()
                .map(expression -> Map.of("record", "a", "expr", expression))
                .toList();
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, Serialization.asJson(Map.of("groups", List.of(Map.of("name", "a", "rules", rules)))));

        assertThat(promtool.on("", "check", "rules", "--lint=none", file.toString()))
                .contains(rules.size() + " rules found");
    }

    /** What has no data on the tests' installation could else be misspelt and never show. */
    @Test
    void askForMetricsThatProgramsHave() throws IOException {
        String page = Files.readString(ProjectFiles.DOCS.resolve("metrics.md"));

        assertThat(Expressions.all().stream().map(Expressions::metrics).flatMap(Set::stream))
                .hasSizeGreaterThan(40)
                .allSatisfy(metric -> assertThat(page).containsPattern("\n\\| `" + metric + "[`{]"));
    }

    /** What an operator of Prometheus gets is not the file but what the chart makes of it. */
    @Test
    void doTheSameAsAPrometheusRuleOfTheChart() throws IOException {
        Path rendered = Files.writeString(folder.resolve("rendered.yaml"), rendered());
        Path cases = folder.resolve("cases.yaml");
        Files.writeString(
                cases,
                Files.readString(CASES)
                        .replaceFirst("rule_files: .*", "rule_files: [rendered.yaml]")
                        // as of pods of the installation
                        .replaceAll("(series: '\\w+\\{)(?!namespace=)", "$1namespace=\"aquifer-system\","));

        assertThat(promtool.on("", "check", "rules", rendered.toString()))
                .contains(Expressions.alerts().size() + " rules found");
        promtool.on("", "test", "rules", cases.toString());
    }

    private static String rendered() {
        JsonNode rule =
                MonitoringTemplate.render("monitoring.rules.enabled=true").getFirst();
        return Serialization.asYaml(rule.path("spec"));
    }

    @Test
    void fireWhenTheyShouldAndOnlyThen() throws IOException {
        promtool.on("", "test", "rules", CASES.toString());

        List<String> cases = new ArrayList<>();
        Expressions.read(CASES)
                .path("tests")
                .forEach(one -> cases.add(one.path("name").asText()));
        assertThat(cases)
                .containsExactlyInAnyOrderElementsOf(Expressions.alerts().stream()
                        .map(AlertsIT::name)
                        .flatMap(alert -> Stream.of(alert + " fires", alert + " is quiet"))
                        .toList());
    }

    @Test
    void eachHasASectionOfTheRunbook() throws IOException {
        String runbook = Files.readString(Path.of("../docs/runbook.md"));

        for (JsonNode alert : Expressions.alerts()) {
            assertThat(alert.at("/annotations/runbook").asText())
                    .isEqualTo("docs/runbook.md#" + name(alert).toLowerCase(Locale.ROOT));
            assertThat(runbook).contains("\n## " + name(alert) + "\n\n**Means.** ");
        }
        assertThat(runbook.lines().filter(line -> line.startsWith("## ")))
                .hasSize(Expressions.alerts().size());
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }
}
