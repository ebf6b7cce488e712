package dev.aquifer.webhook.binding.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.binding.plan.ModelCluster;
import dev.aquifer.webhook.binding.source.HandleRules;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FsGroupPolicyTest {
    private final ModelCluster cluster = new ModelCluster(HandleRules.known());

    @ParameterizedTest
    @CsvSource({
        "None, ext4, ReadWriteOnce, Kept",
        "File, , ReadWriteMany, Chowned",
        "ReadWriteOnceWithFSType, ext4, ReadWriteOnce, Chowned",
        "ReadWriteOnceWithFSType, ext4, ReadWriteMany, Kept",
        "ReadWriteOnceWithFSType, , ReadWriteOnce, Kept",
        "ALaterOne, ext4, ReadWriteOnce,",
        ", ext4, ReadWriteOnce,"
    })
    void aCsiVolumeGoesByItsDriver(
            @Nullable String policy, @Nullable String fsType, String mode, @Nullable FsGroupEffect effect) {
        if (policy != null) {
            cluster.policies.put("driver.example", policy);
        }
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putArray("accessModes").add(mode);
        ObjectNode csi = spec.putObject("csi").put("driver", "driver.example");
        if (fsType != null) {
            csi.put("fsType", fsType);
        }
        assertThat(FsGroupPolicy.effect(spec, cluster)).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({"hostPath, Kept", "nfs, Kept", "local, Chowned", "cephfs,", "iscsi,"})
    void othersGoByTheirType(String member, @Nullable FsGroupEffect effect) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject(member);
        assertThat(FsGroupPolicy.effect(spec, cluster)).isEqualTo(effect);
    }
}
