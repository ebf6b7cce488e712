package dev.aquifer.webhook.binder.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodClaimsTest {
    @Test
    void areThoseThatItsVolumesName() throws JsonProcessingException {
        assertThat(PodClaims.of(pod("Running"))).containsExactly("one", "two");
        assertThat(PodClaims.of(pod("Succeeded"))).containsExactly("one", "two");
        assertThat(PodClaims.of(read("{}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Running, one, true",
        "Pending, two, true",
        "Running, another, false",
        "Running, '', false",
        "Succeeded, one, false",
        "Failed, one, false"
    })
    void areUsedUntilThePodHasEnded(String phase, String claim, boolean used) throws JsonProcessingException {
        assertThat(PodClaims.use(pod(phase), claim)).isEqualTo(used);
    }

    private static JsonNode pod(String phase) throws JsonProcessingException {
        return read("""
                {"status": {"phase": "%s"}, "spec": {"volumes": [
                  {"name": "a", "persistentVolumeClaim": {"claimName": "one"}},
                  {"name": "b", "emptyDir": {}},
                  {"name": "c", "persistentVolumeClaim": {"claimName": "two"}}]}}
                """.formatted(phase));
    }

    private static JsonNode read(String text) throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(text);
    }
}
