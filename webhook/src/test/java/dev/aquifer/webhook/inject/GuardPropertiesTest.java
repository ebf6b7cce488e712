package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guard against pods made at random: what was injected passes, and nothing that was changed afterwards does. */
class GuardPropertiesTest {
    private static final int PODS = Integer.getInteger("property.pods", 6_000);

    @Test
    void letsWhatWasInjectedPass() {
        int[] guarded = new int[1];
        forAllInjected((given, injected) -> {
            assertThat(injected.guard()).as(injected.pod()::toPrettyString).isInstanceOf(Admit.class);
            guarded[0] += Case.parsed(injected.pod()).reservedClaims().size();
        });
        assertThat(guarded[0]).isGreaterThan(PODS / 50);
    }

    @Test
    void refusesEveryOtherUse() {
        int[] refused = new int[1];
        forAllInjected((given, injected) -> changes(injected.pod()).forEach(changed -> {
            assertThat(injected.with(changed).guard())
                    .as(changed::toPrettyString)
                    .isInstanceOfSatisfying(
                            Deny.class, deny -> assertThat(deny.reason()).isEqualTo(Reason.GUARDED));
            refused[0]++;
        }));
        assertThat(refused[0]).isGreaterThan(PODS / 5);
    }

    @Test
    void refusesThePodOnceTheVolumesAreGone() {
        forAllInjected((given, injected) -> {
            if (!Case.parsed(injected.pod()).reservedClaims().isEmpty()) {
                Case withdrawn = new Case(injected.pod(), injected.tenant(), Case.NO_VOLUMES);
                assertThat(withdrawn.guard()).isInstanceOf(Deny.class);
            }
        });
    }

    private interface Check {
        void on(Case given, Case injected);
    }

    /** Pods that name no claim of the binder's themselves, as they are after injection. */
    private static void forAllInjected(Check check) {
        for (long seed = 1; seed <= PODS; seed++) {
            Case given = new PodGenerator(seed).generate().asCase();
            if (Case.parsed(given.pod()).reservedClaims().isEmpty() && given.decide() instanceof Admit admit) {
                check.on(given, given.after(admit));
            }
        }
    }

    /** The pod with one thing changed that lets it do more with a claim of the binder's. */
    private static List<JsonNode> changes(JsonNode pod) {
        List<JsonNode> changes = new ArrayList<>();
        Set<String> reserved =
                Case.parsed(pod).reservedClaims().stream().map(PodVolume::name).collect(Collectors.toSet());
        List<PodVolume> volumes = Case.parsed(pod).volumes();
        for (int i = 0; i < volumes.size(); i++) {
            if (reserved.contains(volumes.get(i).name())) {
                String claim = "/spec/volumes/" + i + "/persistentVolumeClaim";
                boolean readOnly = ((Claim) volumes.get(i).content()).readOnly();
                changes.add(changed(pod, claim, source -> source.put("readOnly", !readOnly)));
                changes.add(changed(pod, claim, source -> source.put("claimName", "aquifer-rw-another")));
                JsonNode second = pod.at("/spec/volumes/" + i);
                changes.add(changed(
                        pod,
                        "/spec",
                        spec -> spec.withArray("volumes").add(((ObjectNode) second.deepCopy()).put("name", "second"))));
            }
        }
        for (String list : List.of("initContainers", "containers")) {
            for (int c = 0; c < pod.at("/spec/" + list).size(); c++) {
                String container = "/spec/" + list + "/" + c;
                for (int m = 0; m < pod.at(container + "/volumeMounts").size(); m++) {
                    addChanges(changes, pod, container, m, reserved);
                }
            }
        }
        return changes;
    }

    private static void addChanges(
            List<JsonNode> changes, JsonNode pod, String container, int m, Set<String> reserved) {
        String mount = container + "/volumeMounts/" + m;
        if (!reserved.contains(pod.at(mount + "/name").textValue())) {
            return;
        }
        boolean readOnly = pod.at(mount + "/readOnly").asBoolean();
        changes.add(changed(pod, mount, one -> one.put("readOnly", !readOnly)));
        changes.add(changed(pod, mount, one -> one.put("subPath", "..")));
        changes.add(changed(pod, mount, one -> one.put("subPathExpr", "$(X)")));
        if (VolumeName.isOurs(pod.at(mount + "/name").textValue())) {
            // in place of a hostPath the volume may be anywhere, as long as it is whole
            changes.add(changed(pod, mount, one -> one.put("mountPath", "/elsewhere")));
        }
        changes.add(changed(pod, mount, one -> one.put("mountPropagation", "HostToContainer")));
        if (readOnly) {
            changes.add(changed(pod, mount, one -> one.remove("recursiveReadOnly")));
        }
        JsonNode again = pod.at(mount);
        changes.add(changed(pod, container, one -> {
            ArrayNode mounts = one.withArray("volumeMounts");
            mounts.add(((ObjectNode) again.deepCopy()).put("mountPath", "/elsewhere"));
        }));
        changes.add(changed(
                pod,
                container,
                one -> one.withArray("volumeDevices")
                        .addObject()
                        .put("name", again.get("name").textValue())
                        .put("devicePath", "/dev/x")));
        changes.add(changed(pod, container, one -> one.withArray("volumeMounts").remove(m)));
    }

    private static JsonNode changed(JsonNode pod, String pointer, Consumer<ObjectNode> change) {
        JsonNode copy = pod.deepCopy();
        change.accept((ObjectNode) copy.at(pointer));
        return copy;
    }
}
