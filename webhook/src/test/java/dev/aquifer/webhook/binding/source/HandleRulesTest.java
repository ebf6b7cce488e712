package dev.aquifer.webhook.binding.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.binding.resolve.SeLinuxPolicy;
import dev.aquifer.webhook.binding.source.HandleRule.Treatment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandleRulesTest {
    private static final String NAME = "aquifer-ro-climate-ref-enflffflpxxkzs4g";
    private final HandleRules known = HandleRules.known();

    @ParameterizedTest
    @CsvSource({
        "nfs.csi.k8s.io, Replace",
        "smb.csi.k8s.io, Replace",
        "cephfs.csi.ceph.com, Replace",
        "rbd.csi.ceph.com, Refuse",
        "ebs.csi.aws.com, Refuse",
        "efs.csi.aws.com, Refuse",
        "fsx.csi.aws.com, Replace",
        "s3.csi.aws.com, Replace",
        "pd.csi.storage.gke.io, Refuse",
        "filestore.csi.storage.gke.io, Replace",
        "gcsfuse.csi.storage.gke.io, Suffix",
        "disk.csi.azure.com, Refuse",
        "file.csi.azure.com, Replace",
        "blob.csi.azure.com, Replace",
        "csi.juicefs.com, Replace",
        "hostpath.csi.k8s.io, Refuse",
        "driver.longhorn.io, Refuse"
    })
    void knowTheDriversOfTheField(String driver, Treatment handle) {
        assertThat(rule(known, driver).handle()).isEqualTo(handle);
    }

    @ParameterizedTest
    @CsvSource({"nfs.csi.k8s.io, Kept", "smb.csi.k8s.io, Kept", "cephfs.csi.ceph.com,", "nobody.knows,"})
    void sayWhichFileSystemsKeepNoLabels(String driver, @Nullable SeLinuxEffect effect) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("csi").put("driver", driver);
        assertThat(SeLinuxPolicy.effect(spec, known)).isEqualTo(effect);
    }

    @Test
    void sayWhereEachOfThemComesFrom() {
        assertThat(known.drivers().values())
                .allSatisfy(rule -> assertThat(rule.source()).startsWith("https://"));
    }

    @ParameterizedTest
    @CsvSource({"Replace, ", "Suffix, bucket:x:", "Same, bucket:x", "Refuse, bucket:x"})
    void aPairsHandleTellsWhatOfItIsTheSources(Treatment handle, @Nullable String start) {
        String text = "drivers: {d: {handle: %s, separator: ':', reason: r}}".formatted(handle);
        HandleRule rule = rule(HandleRules.parse(text), "d");
        String ofPair = rule.handle("bucket:x", NAME);
        assertThat(ofPair).startsWith(start == null ? NAME : start).hasSizeLessThanOrEqualTo(128);
        assertThat(rule.ofSource(ofPair, NAME)).isEqualTo(handle == Treatment.Replace ? "" : "bucket:x");
    }

    @Test
    void anAdministratorsRulesAreAddedAndWin() {
        HandleRules merged = known.and(HandleRules.parse("""
                drivers:
                  efs.csi.aws.com: {handle: Same, reason: tried here}
                  my.csi.example.org: {handle: Replace, location: [path], reason: its documentation}
                """));
        assertThat(rule(merged, "efs.csi.aws.com").handle()).isEqualTo(Treatment.Same);
        assertThat(merged.of("my.csi.example.org")).isNotNull();
        assertThat(merged.of("nfs.csi.k8s.io")).isEqualTo(known.of("nfs.csi.k8s.io"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drivers: {d: {handle: Perhaps, reason: r}}",
                "drivers: {d: {reason: r}}",
                "drivers: {d: {handle: Same}}",
                "drivers: {d: {handle: Same, reason: r, colour: red}}",
                "rules: {}",
                "[]",
                "{"
            })
    void ofAnotherFormAreRefusedWithASentence(String text) {
        assertThatThrownBy(() -> HandleRules.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected handle rules as 'drivers:");
    }

    private static HandleRule rule(HandleRules rules, String driver) {
        return Objects.requireNonNull(rules.of(driver), driver);
    }
}
