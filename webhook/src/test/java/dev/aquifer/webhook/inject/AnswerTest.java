package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.WrittenAnswer;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.inject.pod.MountPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static Injection injection(String owner, String name, String claim) {
        KnownVolume volume = new VolumeBuilder(owner, name)
                .role("reader", VolumeBuilder.path("/", Access.ReadOnly))
                .build();
        return Injection.of(
                RoleMounts.of(new Granted(volume, volume.spec().roles().getFirst()), MountPath.of("/"), null),
                new Claims(claim, null),
                null);
    }

    @Test
    void saysRoleBindingAndRevisionOfWhatThePodGot() {
        Answer answer = new Answer();
        answer.injected(injection("data", "ref", "claim"));
        assertThat(answer.text())
                .isEqualTo("{\"data/ref\":{\"role\":\"reader\",\"binding\":\"claim\",\"revision\":1}}");
    }

    @Test
    void saysWhyAVolumeWasLeftOut() {
        Answer answer = new Answer();
        answer.skipped("data/ref", Reason.PATH_TAKEN);
        assertThat(answer.text()).isEqualTo("{\"data/ref\":{\"skipped\":\"path-taken\"}}");
        assertThat(Answer.skippedWhole(Reason.WINDOWS)).isEqualTo("{\"skipped\":\"windows\"}");
    }

    @Test
    void isReadAsItIsWritten() {
        Answer answer = new Answer();
        answer.injected(injection("data", "ref", "claim"));
        answer.skipped("data/other", Reason.PATH_TAKEN);
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(PodAnnotations.INJECTED, answer.text());

        WrittenAnswer read = WrittenAnswer.of(pod);
        assertThat(read.given())
                .containsExactly(entry("data/ref", new WrittenAnswer.Given("reader", List.of("claim"), 1L)));
        assertThat(read.skipped()).containsExactly(entry("data/other", Reason.PATH_TAKEN.label()));
    }

    @Test
    void isTheSameWhateverTheOrder() {
        Answer one = new Answer();
        one.injected(injection("b", "ref", "claim"));
        one.skipped("a/ref", Reason.PATH_TAKEN);
        Answer other = new Answer();
        other.skipped("a/ref", Reason.PATH_TAKEN);
        other.injected(injection("b", "ref", "claim"));
        assertThat(one.text()).isEqualTo(other.text()).startsWith("{\"a/ref\":");
    }

    @Test
    void isAnEmptyObjectForNothing() {
        assertThat(new Answer().text()).isEqualTo("{}");
    }

    @Test
    void isJsonWhateverTheNames() throws Exception {
        String claim = "q\"b\\s\n\u0001é\u2028\uD83D\uDE00";
        Answer answer = new Answer();
        answer.injected(injection("a", "b", claim));
        JsonNode json = Case.JSON.readTree(answer.text());
        assertThat(json.at("/a~1b/binding").textValue()).isEqualTo(claim);
    }
}
