package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InjectionCheckTest {
    private static final String POD = """
            {"spec": {
              "volumes": [{"name": "v", "%s": {}}],
              "containers": [{"volumeMounts": [{"name": "v", "mountPath": "%s", "readOnly": %s}]}]}}
            """;

    @Test
    void isContentWithAClaimThatIsMountedWhereTheVolumeSays() throws IOException {
        assertThat(complaint(POD.formatted("persistentVolumeClaim", "/probe", true)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"emptyDir, /probe, true", "persistentVolumeClaim, /other, true", "persistentVolumeClaim, /probe, false"
    })
    void findsAPodThatHasSomethingElse(String volume, String path, boolean readOnly) throws IOException {
        assertThat(complaint(POD.formatted(volume, path, readOnly))).contains("a claim at /probe, read-only", path);
    }

    @Test
    void findsAPodThatWasLeftAsItWas() throws IOException {
        assertThat(complaint("{\"spec\": {\"containers\": [{\"name\": \"none\"}]}}"))
                .contains("a claim at /probe");
    }

    private static @Nullable String complaint(String pod) throws IOException {
        return InjectionCheck.complaint(new JsonMapper().readTree(pod), "/probe");
    }
}
