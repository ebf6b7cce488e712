package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart with what changes most of it, in all combinations, on an API server that has the definitions of others. */
class CombinationsIT {
    @RegisterExtension
    static final Release release = new Release();

    private static final String NAMED = ",namespaces={%s}".formatted(Release.NAMESPACE);
    /** With named namespaces nothing is cached. */
    private static final List<String> PARTS = List.of(
            "parts=all,cache.enabled=false",
            "parts=all,cache.enabled=true",
            "parts=cluster,program.release=aquifer,program.namespace=" + Release.NAMESPACE + NAMED,
            "parts=namespaces" + NAMED);

    private static final List<String> CERTIFICATES = List.of(
            "admission.certificates.existingSecret=",
            "admission.certificates.existingSecret=ours",
            "admission.certificates.certManager.enabled=true");
    private static final List<String> MONITORING = List.of(
            "monitoring.dashboards.enabled=false",
            "monitoring.dashboards.enabled=true,monitoring.podMonitors.enabled=true,monitoring.rules.enabled=true");

    @BeforeAll
    static void define() {
        definitions()
                .forEach(file -> release.api().command().run("define", file).succeeded());
    }

    @AfterAll
    static void remove() {
        definitions()
                .forEach(file -> release.api()
                        .command()
                        .run("kubectl", "delete", "-f", file)
                        .succeeded());
    }

    private static Stream<String> definitions() {
        return Stream.of("cert-manager.yaml", "prometheus-operator.yaml")
                .map(file -> Path.of("src", "test", "resources", "chart", file).toString());
    }

    static Stream<String> all() {
        return PARTS.stream()
                .flatMap(parts -> CERTIFICATES.stream()
                        .flatMap(certificates -> MONITORING.stream()
                                .map(monitoring -> String.join(",", parts, certificates, monitoring))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void areWhatTheServerAccepts(String values) {
        assertThat(release.dryRun(release.template("--set", values).succeeded()))
                .contains("aquifer-admission")
                .doesNotContain("Warning");
    }
}
