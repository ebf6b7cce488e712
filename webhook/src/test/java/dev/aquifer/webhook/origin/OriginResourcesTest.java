package dev.aquifer.webhook.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginResourcesTest {
    @Test
    void takeThePlaceOfAllDefaults() {
        assertThat(OriginResources.parse("{\"limits\": {\"memory\": \"2Gi\"}}")).satisfies(resources -> {
            assertThat(resources.getLimits()).isEqualTo(Map.of("memory", new Quantity("2Gi")));
            assertThat(resources.getRequests()).isNullOrEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "[]", "{\"limit\": {}}", "{\"limits\": {\"memory\": \"lots\"}}"})
    void areRefusedInAnotherForm(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginResources.parse(text))
                .withMessageStartingWith("expected JSON with requests and limits, such as ")
                .withMessageEndingWith("found: " + text);
    }
}
