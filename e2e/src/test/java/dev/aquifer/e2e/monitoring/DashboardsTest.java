package dev.aquifer.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboards of the chart, as Grafana reads them. */
class DashboardsTest {
    /** Of pods in the namespace of the installation; origins, which have certificates too, are in those of owners. */
    private static final String ITS_OWN = "\\b(aquifer_(?!origin_|node_certificate_)\\w+|up|jvm_\\w+|process_\\w+)\\b";

    @Test
    void tellInstallationsApart() throws IOException {
        for (JsonNode dashboard : Expressions.dashboards()) {
            List<String> asked = Expressions.asked(dashboard);

            assertThat(asked)
                    .as(dashboard.path("title").asText())
                    .isNotEmpty()
                    .allSatisfy(expression -> assertThat(expression)
                            .doesNotContainPattern(ITS_OWN + "(?!\\{namespace=~\"\\$namespace\"[,}])"));
        }
    }

    @Test
    void showAllInstallationsUntilOneIsChosen() throws IOException {
        for (JsonNode dashboard : Expressions.dashboards()) {
            assertThat(dashboard.at("/templating/list"))
                    .as(dashboard.path("title").asText())
                    .filteredOn(variable -> variable.path("name").asText().equals("namespace"))
                    .singleElement()
                    .satisfies(variable -> {
                        assertThat(variable.at("/query/query").asText())
                                .matches("label_values\\(aquifer_\\w+, namespace\\)");
                        assertThat(variable.path("includeAll").asBoolean()).isTrue();
                        assertThat(variable.path("allValue").asText()).isEqualTo(".*");
                        assertThat(variable.at("/current/value").asText()).isEqualTo("$__all");
                    });
        }
    }
}
