package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
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
