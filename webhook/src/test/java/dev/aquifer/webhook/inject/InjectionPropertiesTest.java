package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.VolumeGenerator;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.PodGenerator.Generated;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds for every pod, shown on pods made at random. A failure names its seed; {@code -Dproperty.seed} starts
 * elsewhere and {@code -Dproperty.pods} takes more of them.
 */
class InjectionPropertiesTest {
    private static final long FIRST = Long.getLong("property.seed", 1);
    private static final int PODS = Integer.getInteger("property.pods", 2_000);
    private static final String ANSWER = "aquifer.dev/injected";

    @Test
    void thePodsAreOfEveryKind() {
        Set<Reason> seen = EnumSet.noneOf(Reason.class);
        forAll(generated -> seen.add(generated.asCase().decide().reason()));
        assertThat(seen)
                .contains(
                        Reason.INJECTED,
                        Reason.NOT_SELECTED,
                        Reason.OPTED_OUT,
                        Reason.WINDOWS,
                        Reason.INVALID_ANNOTATION,
                        Reason.NOT_GRANTED,
                        Reason.AMBIGUOUS_VOLUME,
                        Reason.AMBIGUOUS_ROLE,
                        Reason.NO_ROLE,
                        Reason.UNKNOWN_CONTAINER,
                        Reason.PATH_TAKEN,
                        Reason.PATHS_OVERLAP,
                        Reason.CLAIM_TAKEN);
    }

    @Test
    void aPodWithItsVolumesIsLeftAsItIs() {
        forAll(generated -> {
            Case first = generated.asCase();
            Decision decision = first.decide();
            Decision again = first.after(decision).decide();
            if (decision instanceof Admit) {
                assertThat(patch(again))
                        .as("second patch after %s", text(decision))
                        .isEmpty();
                assertThat(again.warnings()).isEqualTo(decision.warnings());
            } else {
                assertThat(text(again)).isEqualTo(text(decision));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"containers, first", "containers, last", "initContainers, first", "initContainers, last"})
    void aContainerOfAnotherInjectorGetsWhatItWouldHaveHadFromTheStart(String list, String place) {
        int[] injected = new int[1];
        forAll(generated -> {
            Case first = generated.asCase();
            Case fromTheStart = first.with(withContainer(first.pod(), list, place));
            Decision whole = fromTheStart.decide();
            Case reviewed = first.after(first.decide());
            Case changed = reviewed.with(withContainer(reviewed.pod(), list, place));
            Decision rest = changed.decide();

            assertThat(rest.warnings()).isEqualTo(whole.warnings());
            assertThat(changed.patched(rest)).isEqualTo(fromTheStart.patched(whole));
            if (rest instanceof Admit) {
                for (JsonNode operation : operations(rest)) {
                    int index = place.equals("first")
                            ? 0
                            : first.pod().at("/spec/" + list).size();
                    assertThat(operation.get("path").textValue())
                            .startsWith("/spec/" + list + "/" + index + "/volumeMounts");
                    injected[0]++;
                }
            }
        });
        assertThat(injected[0]).isGreaterThan(PODS / 10);
    }

    @Test
    void everythingThatIsNotOursIsWhatItWas() {
        forAll(generated -> {
            Case given = generated.asCase();
            String before = given.pod().toString();
            Decision decision = given.decide();
            assertThat(given.pod().toString()).isEqualTo(before);
            if (!(decision instanceof Admit)) {
                return;
            }
            JsonNode patched = given.patched(decision).deepCopy();
            JsonNode original = given.pod().deepCopy();
            operations(decision)
                    .forEach(
                            operation -> assertThat(operation.get("path").textValue())
                                    .matches(
                                            "/metadata|/metadata/annotations(/aquifer\\.dev~1injected)?"
                                                    + "|/spec/volumes(/-|/[0-9]+)?|/spec/(initContainers|containers)/[0-9]+/volumeMounts(/-|/[0-9]+)?"));
            withoutReplaced(original, patched, decision);
            withoutOurs(original, patched);
            assertThat(patched.toString()).isEqualTo(original.toString());
        });
    }

    @Test
    void theSameInputGetsTheSameAnswer() {
        forAll(generated -> {
            String decision = text(generated.asCase().decide());
            assertThat(text(generated.asCase().decide())).isEqualTo(decision);
            List<KnownVolume> reversed = new ArrayList<>(generated.volumes()).reversed();
            assertThat(text(new Generated(generated.pod(), generated.tenant(), reversed)
                            .asCase()
                            .decide()))
                    .isEqualTo(decision);
        });
    }

    @Test
    void noClaimGetsASecondVolumeEntry() {
        forAll(generated -> {
            Case given = generated.asCase();
            Map<String, Integer> before = claims(given.pod());
            claims(given.patched(given.decide()))
                    .forEach((claim, entries) ->
                            assertThat(entries).as(claim).isEqualTo(Math.max(1, before.getOrDefault(claim, 0))));
        });
    }

    @Test
    void everyMountThatIsAddedNamesAVolumeAndIsAloneAtItsPath() {
        int[] added = new int[1];
        forAll(generated -> {
            Case given = generated.asCase();
            Pod before = Case.parsed(given.pod());
            Pod after = Case.parsed(given.patched(given.decide()));
            List<String> names = after.volumes().stream().map(PodVolume::name).toList();
            assertThat(names.subList(before.volumes().size(), names.size()))
                    .doesNotHaveDuplicates()
                    .noneMatch(names.subList(0, before.volumes().size())::contains);
            for (int i = 0; i < after.containers().size(); i++) {
                List<VolumeMount> own = before.containers().get(i).mounts();
                List<VolumeMount> all = after.containers().get(i).mounts();
                for (VolumeMount mount : all.subList(own.size(), all.size())) {
                    assertThat(names).contains(mount.volume());
                    assertThat(all).extracting(VolumeMount::mountPath).containsOnlyOnce(mount.mountPath());
                    added[0]++;
                }
            }
        });
        assertThat(added[0]).isGreaterThan(PODS / 10);
    }

    @Test
    void aVolumeOfAnOwnerWhoIsNotAcceptedChangesNothing() {
        int[] removed = new int[1];
        forAll(generated -> {
            List<KnownVolume> concerned = generated.volumes().stream()
                    .filter(volume -> volume.owner().equals("lab")
                            || generated.tenant().accepts().contains(volume.owner())
                            || generated.pod().toString().contains(volume.owner() + "/"))
                    .toList();
            removed[0] += generated.volumes().size() - concerned.size();
            assertThat(text(new Generated(generated.pod(), generated.tenant(), concerned)
                            .asCase()
                            .decide()))
                    .isEqualTo(text(generated.asCase().decide()));
        });
        assertThat(removed[0]).isGreaterThan(PODS / 10);
    }

    @FunctionalInterface
    private interface Property {
        void check(Generated generated);
    }

    private static void forAll(Property property) {
        for (long seed = FIRST; seed < FIRST + PODS; seed++) {
            Generated generated = new PodGenerator(seed).generate();
            try {
                property.check(generated);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + generated, e);
            }
        }
    }

    private static String text(Decision decision) {
        return decision.reason()
                + " "
                + switch (decision) {
                    case Admit admit -> patch(admit);
                    case Deny deny -> deny.message();
                }
                + " "
                + decision.warnings();
    }

    private static String patch(Decision decision) {
        return decision instanceof Admit admit ? new String(admit.patch(), StandardCharsets.UTF_8) : "";
    }

    private static JsonNode operations(Decision decision) {
        String patch = patch(decision);
        try {
            return patch.isEmpty() ? Case.JSON.createArrayNode() : Case.JSON.readTree(patch);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode withContainer(JsonNode pod, String list, String place) {
        ObjectNode changed = pod.deepCopy();
        ObjectNode spec = (ObjectNode) changed.get("spec");
        ArrayNode containers = spec.has(list) ? (ArrayNode) spec.get(list) : spec.putArray(list);
        ObjectNode container = Case.JSON.createObjectNode().put("name", "another");
        containers.insert(place.equals("first") ? 0 : containers.size(), container);
        return changed;
    }

    /** Puts back the hostPaths in whose place volumes came, and their mounts; nothing else is ever replaced. */
    private static void withoutReplaced(JsonNode original, JsonNode patched, Decision decision) {
        Set<String> replaced = new HashSet<>();
        for (JsonNode operation : operations(decision)) {
            String pointer = operation.get("path").textValue();
            if (!operation.get("op").textValue().equals("replace") || pointer.startsWith("/metadata")) {
                continue;
            }
            JsonNode before = original.at(pointer);
            if (pointer.startsWith("/spec/volumes/")) {
                assertThat(VolumeGenerator.REPLACED)
                        .contains(before.at("/hostPath/path").textValue());
                assertThat(patched.at(pointer + "/name")).isEqualTo(before.get("name"));
                replaced.add(before.get("name").textValue());
            } else {
                assertThat(replaced).contains(before.get("name").textValue());
                assertThat(patched.at(pointer + "/name")).isEqualTo(before.get("name"));
                assertThat(MountPath.of(patched.at(pointer + "/mountPath").textValue()))
                        .isEqualTo(MountPath.of(before.get("mountPath").textValue()));
            }
            int slash = pointer.lastIndexOf('/');
            ((ArrayNode) patched.at(pointer.substring(0, slash)))
                    .set(Integer.parseInt(pointer.substring(slash + 1)), before.deepCopy());
        }
    }

    @Test
    void hostPathsAreReplacedInSomePods() {
        int[] replaced = new int[1];
        forAll(generated -> {
            if (patch(generated.asCase().decide()).contains("\"replace\",\"path\":\"/spec/volumes/")) {
                replaced[0]++;
            }
        });
        assertThat(replaced[0]).isGreaterThan(PODS / 200);
    }

    /** Takes from the patched pod what a patch may add, and from both the annotation that it may change. */
    private static void withoutOurs(JsonNode original, JsonNode patched) {
        removeAdded(original.get("spec"), patched.get("spec"), "volumes");
        for (String list : List.of("initContainers", "containers")) {
            for (int i = 0; i < patched.at("/spec/" + list).size(); i++) {
                String pointer = "/spec/" + list + "/" + i;
                removeAdded(original.at(pointer), patched.at(pointer), "volumeMounts");
            }
        }
        for (JsonNode pod : List.of(original, patched)) {
            if (pod.at("/metadata/annotations") instanceof ObjectNode annotations) {
                annotations.remove(ANSWER);
                if (annotations.isEmpty()) {
                    ((ObjectNode) pod.get("metadata")).remove("annotations");
                }
            }
            if (pod.path("metadata").isNull() || pod.path("metadata").isEmpty()) {
                ((ObjectNode) pod).remove("metadata");
            } else if (pod.at("/metadata/annotations").isNull()) {
                ((ObjectNode) pod.get("metadata")).remove("annotations");
            }
        }
    }

    private static void removeAdded(JsonNode original, JsonNode patched, String array) {
        int size = original.path(array).size();
        while (patched.path(array).size() > size) {
            ((ArrayNode) patched.get(array)).remove(patched.get(array).size() - 1);
        }
        if (!original.path(array).isArray()) {
            ((ObjectNode) patched).remove(array);
            ((ObjectNode) original).remove(array);
        }
    }

    private static Map<String, Integer> claims(JsonNode pod) {
        Map<String, Integer> claims = new HashMap<>();
        pod.at("/spec/volumes").forEach(volume -> {
            if (volume.at("/persistentVolumeClaim/claimName").isTextual()) {
                claims.merge(volume.at("/persistentVolumeClaim/claimName").textValue(), 1, Integer::sum);
            }
        });
        return claims;
    }
}
