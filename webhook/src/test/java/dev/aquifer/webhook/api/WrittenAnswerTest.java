package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.WrittenAnswer.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenAnswerTest {
    private static final String TWO = """
            {"b/cached":{"role":"reader","binding":"one","direct":"two","revision":7},\
            "a/scratch":{"role":"worker"},\
            "c/left":{"skipped":"paths-not-ready"}}""";

    @Test
    void hasWhatThePodGot() {
        assertThat(read(TWO).given())
                .containsExactly(
                        entry("b/cached", new Given("reader", List.of("one", "two"), 7L)),
                        entry("a/scratch", new Given("worker", List.of(), null)));
        assertThat(read(TWO).roleIn("a/scratch")).isEqualTo("worker");
        assertThat(read(TWO).roleIn("c/left")).isEmpty();
    }

    @Test
    void hasWhatThePodIsWithout() {
        assertThat(read(TWO).skipped()).containsExactly(entry("c/left", "paths-not-ready"));
    }

    @Test
    void knowsTheVolumeOfEachClaim() {
        assertThat(read(TWO).volumeOf("one")).isEqualTo("b/cached");
        assertThat(read(TWO).volumeOf("two")).isEqualTo("b/cached");
        assertThat(read(TWO).gave("two")).isTrue();
        assertThat(read(TWO).gave("three")).isFalse();
        assertThat(read(TWO).gave("")).isFalse();
    }

    @Test
    void isNotThereWithoutAnAnnotation() {
        WrittenAnswer none = WrittenAnswer.of(JsonNodeFactory.instance.objectNode());
        assertThat(none.isThere()).isFalse();
        assertThat(none.given()).isEmpty();
        assertThat(none.skipped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[1]",
                "{}",
                "{\"skipped\":\"windows\"}",
                "{\"a/b\":1}",
                "{\"a/b\":{\"revision\":1}}"
            })
    void isThereAndSaysNothingOfVolumesWhereNoneCanBeRead(String text) {
        assertThat(read(text).isThere()).isTrue();
        assertThat(read(text).text().asText()).isEqualTo(text);
        assertThat(read(text).given()).isEmpty();
        assertThat(read(text).skipped()).isEmpty();
    }

    private static WrittenAnswer read(String text) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.withObjectProperty("metadata").withObjectProperty("annotations").put(PodAnnotations.INJECTED, text);
        return WrittenAnswer.of(pod);
    }
}
