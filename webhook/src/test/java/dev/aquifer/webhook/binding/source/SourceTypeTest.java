package dev.aquifer.webhook.binding.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.SeLinuxEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTypeTest {
    private static @Nullable SourceType of(String member) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject(member);
        return SourceType.of(spec);
    }

    @ParameterizedTest
    @CsvSource({"hostPath, Kept", "nfs, Kept", "local, Chowned", "cephfs,", "csi,"})
    void knowsWhatAnFsGroupDoesToTheFiles(String member, @Nullable FsGroupEffect effect) {
        assertThat(of(member)).isNotNull().extracting(SourceType::fsGroup).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({"hostPath, Kept", "nfs, Kept", "local, Relabelled", "cephfs,", "csi,"})
    void knowsWhatNodesWithSeLinuxDoToTheFiles(String member, @Nullable SeLinuxEffect effect) {
        assertThat(of(member)).isNotNull().extracting(SourceType::seLinux).isEqualTo(effect);
    }

    @Test
    void doesNotTakeBlockDevices() {
        assertThat(of("iscsi")).isNull();
    }
}
