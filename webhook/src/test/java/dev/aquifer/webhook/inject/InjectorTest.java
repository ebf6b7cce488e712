package dev.aquifer.webhook.inject;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.labels;
import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What golden cases show badly: pods that change between two looks, pods that lie, and pods that are large. */
class InjectorTest {
    private static final Tenant TENANT = new Tenant("lab", Map.of(), AcceptedOwners.NONE);

    private static final KnownVolume DATA = new VolumeBuilder("lab", "data")
            .role("reader", labels("role", "reader"), path("/", Access.ReadOnly))
            .role("writer", labels("data", "writer"), path("/", Access.ReadOnly), path("out", Access.ReadWrite))
            .grant("lab", "reader", "writer")
            .build();
    private static final KnownVolume RESULTS = new VolumeBuilder("lab", "results")
            .claim("data")
            .role("writer", labels("role", "reader"), path("/", Access.ReadWrite))
            .grant("lab", "writer")
            .build();

    private static Case pod(String pod, KnownVolume... volumes) throws Exception {
        return new Case(Case.JSON.readTree(pod), TENANT, Catalog.of(List.of(volumes)));
    }

    private static JsonNode reviewed(Case given) {
        return given.patched(given.decide());
    }

    @Nested
    class AnotherInjector {
        private static final String LABELLED = """
                {"metadata": {"labels": {"role": "reader"}}, "spec": {"containers": [{"name": "main"}]}}""";

        @Test
        void addsAContainerAndItsMountsAloneAreAdded() throws Exception {
            Case first = pod(LABELLED, DATA);
            JsonNode pod = withContainer(reviewed(first), "{\"name\": \"sidecar\"}");

            assertThat(first.with(pod).decide())
                    .isInstanceOfSatisfying(
                            Admit.class,
                            admit -> assertThat(admit.patch())
                                    .asString()
                                    .startsWith("[{\"op\":\"add\",\"path\":\"/spec/containers/1/volumeMounts\"")
                                    .doesNotContain("/spec/containers/0", "/spec/volumes", "/metadata"));
        }

        @Test
        void addsAContainerThatMountsOverWhatThePodHasAlreadyAndThePodIsRefused() throws Exception {
            Case first = pod(LABELLED, DATA);
            JsonNode pod = withContainer(reviewed(first), """
                    {"name": "sidecar", "volumeMounts": [{"name": "own", "mountPath": "/data/x"}]}""");

            assertThat(first.with(pod).decide())
                    .isInstanceOfSatisfying(
                            Deny.class, deny -> assertThat(deny.reason()).isEqualTo(Reason.PATH_TAKEN));
        }

        private static JsonNode withContainer(JsonNode pod, String container) throws Exception {
            ObjectNode changed = pod.deepCopy();
            ((ArrayNode) changed.at("/spec/containers")).add(Case.JSON.readTree(container));
            return changed;
        }
    }

    @Nested
    class TwoVolumesOfOneClaim {
        private static final String WRITER_IN_THE_WAY = """
                {"metadata": {"labels": {"role": "reader"}}, "spec": {
                  "volumes": [{"name": "own", "emptyDir": {}}],
                  "containers": [{"name": "main", "volumeMounts": [{"name": "own", "mountPath": "/results"}]}]}}""";

        @Test
        void saysTheSameOfTheSkippedOneWhenItLooksAgain() throws Exception {
            Case first = pod(WRITER_IN_THE_WAY, DATA, RESULTS);
            Decision decision = first.decide();

            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Admit.class,
                            admit -> assertThat(admit.patch())
                                    .asString()
                                    .contains("{\\\"skipped\\\":\\\"path-taken\\\"}", "\"readOnly\":true"));
            assertThat(first.after(decision).decide())
                    .isInstanceOfSatisfying(
                            Admit.class,
                            admit -> assertThat(admit.patch()).asString().isEmpty());
        }
    }

    @Nested
    class APodThatLies {
        @Test
        void isNotBelievedThatABlockDeviceIsTheMount() throws Exception {
            Case given = pod("""
                    {"metadata": {"annotations": {"aquifer.dev/volumes": "results@writer"}}, "spec": {
                      "volumes": [{"name": "own", "persistentVolumeClaim": {"claimName": "data"}}],
                      "containers": [{"name": "main", "volumeDevices": [{"name": "own", "devicePath": "/results"}]}]}}""", RESULTS);

            assertThat(given.decide().reason()).isEqualTo(Reason.PATH_TAKEN);
        }

        @Test
        void takesNoSecondNameForOneVolume() throws Exception {
            Case given = pod("""
                    {"metadata": {"annotations": {"aquifer.dev/volumes": "data@reader, lab/data@reader"}},
                     "spec": {"containers": [{"name": "main"}]}}""", DATA);

            assertThat(given.decide()).isInstanceOfSatisfying(Deny.class, deny -> {
                assertThat(deny.reason()).isEqualTo(Reason.INVALID_ANNOTATION);
                assertThat(deny.message()).contains("lab/data").contains("twice");
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"15e-2147483648", "1e99999999999", "1..5", "", "1e2147483647"})
        void writesAnySizeOfADirectoryThatHasOurName(String size) throws Exception {
            KnownVolume scratch = new VolumeBuilder("lab", "scratch")
                    .role("r", labels("role", "reader"), path("tmp", Access.Scratch))
                    .grant("lab", "r")
                    .build();
            Case first = pod("""
                    {"metadata": {"labels": {"role": "reader"}}, "spec": {"containers": [{"name": "main"}]}}""", scratch);
            ObjectNode forged = reviewed(first).deepCopy();
            ((ObjectNode) forged.at("/spec/volumes/0/emptyDir")).put("sizeLimit", size);

            assertThat(first.with(forged).decide()).isInstanceOf(Admit.class);
        }

        @Test
        void namesItsServiceAccountInTheOldFieldAlone() throws Exception {
            KnownVolume volume = new VolumeBuilder("lab", "v")
                    .role("r", labels("role", "reader"), path("/", Access.ReadOnly))
                    .grant(new NamespaceSet(List.of("lab"), null), List.of("trusted"), "r")
                    .build();
            Case given = pod("""
                    {"metadata": {"labels": {"role": "reader"}},
                     "spec": {"serviceAccount": "trusted", "containers": [{"name": "main"}]}}""", volume);

            assertThat(given.decide().reason()).isEqualTo(Reason.INJECTED);
        }
    }

    @Nested
    @Timeout(20)
    class ALargePod {
        @Test
        void readsAnAnnotationOfOneHundredThousandItems() {
            String dots = "a.".repeat(120_000) + "a";

            assertThatCode(() -> pod(
                                    "{\"metadata\": {\"annotations\": {\"aquifer.dev/volumes\": \"" + dots
                                            + "\"}}, \"spec\": {\"containers\": [{\"name\": \"main\"}]}}",
                                    DATA)
                            .decide())
                    .doesNotThrowAnyException();
        }

        @Test
        void isRefusedWithASentenceThatIsShort() throws Exception {
            for (String key : List.of("volumes", "inject", "containers")) {
                Case given = pod(
                        "{\"metadata\": {\"labels\": {\"role\": \"reader\"}, \"annotations\": {\"aquifer.dev/" + key
                                + "\": \"" + "a.b,".repeat(50_000) + "C"
                                + "\"}}, \"spec\": {\"containers\": [{\"name\": \"main\"}]}}",
                        DATA);
                assertThat(given.decide())
                        .isInstanceOfSatisfying(
                                Deny.class, deny -> assertThat(deny.message()).hasSizeLessThan(1000));
            }
        }

        @Test
        void ofTwoHundredContainersTakesSixteenVolumesTwice() throws Exception {
            KnownVolume[] volumes = IntStream.range(0, 16)
                    .mapToObj(i -> {
                        VolumeBuilder volume = new VolumeBuilder("lab", "v" + i);
                        var paths = Stream.concat(
                                        Stream.of(path("/", Access.ReadOnly)),
                                        IntStream.range(0, 5).mapToObj(p -> path("p" + p, Access.ReadWrite)))
                                .toArray(PathRule[]::new);
                        return volume.role("r", labels("role", "reader"), paths)
                                .grant("lab", "r")
                                .build();
                    })
                    .toArray(KnownVolume[]::new);
            Case first = pod(manyContainers(200), volumes);
            Case second = first.after(first.decide());

            assertThat(second.decide().reason()).isEqualTo(Reason.UNCHANGED);
        }

        @Test
        void ofThousandsOfHostPathsThatAVolumeReplacesIsRefusedAtOnce() throws Exception {
            KnownVolume moving = new VolumeBuilder("lab", "moving")
                    .replacing("/shared")
                    .role("r", labels("role", "reader"), path("/", Access.ReadOnly))
                    .grant("lab", "r")
                    .build();
            ObjectNode large = Case.JSON
                    .readTree(annotated(manyContainers(1), "volumes", "moving@r"))
                    .deepCopy();
            ArrayNode mounts = ((ObjectNode) large.at("/spec/containers/0")).putArray("volumeMounts");
            ArrayNode entries = ((ObjectNode) large.path("spec")).putArray("volumes");
            for (int i = 0; i < 24_000; i++) {
                mounts.addObject().put("name", "m" + i).put("mountPath", "/m" + i);
                entries.addObject().put("name", "v" + i).putObject("hostPath").put("path", "/shared");
            }
            mounts.addObject().put("name", "v0").put("mountPath", "/own");

            Case given = pod(large.toString(), moving);

            assertThat(given.decide())
                    .isInstanceOfSatisfying(
                            Deny.class, deny -> assertThat(deny.message()).contains("in 24000 volumes"));
        }

        @Test
        void thatThousandsOfOneOwnersVolumesSelectGetsNoneOfThem() throws Exception {
            List<KnownVolume> volumes = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                volumes.add(new VolumeBuilder("lab", "v" + i)
                        .at("/same")
                        .role("r", labels("role", "reader"), path("/", Access.ReadOnly))
                        .grant("lab", "r")
                        .build());
            }
            Case given = pod(manyContainers(2), volumes.toArray(KnownVolume[]::new));

            assertThat(given.decide()).isInstanceOfSatisfying(Admit.class, admit -> {
                assertThat(admit.reason()).isEqualTo(Reason.TOO_MANY);
                assertThat(admit.patch()).hasSizeLessThan(500);
                assertThat(admit.warnings()).singleElement().asString().contains("64");
            });
        }

        @Test
        void keepsItsOwnVolumesWhenAnAcceptedOwnerHasACrowdThatCannotBeUsed() throws Exception {
            List<KnownVolume> volumes = new ArrayList<>(List.of(DATA));
            for (int i = 0; i < 65; i++) {
                volumes.add(new VolumeBuilder("other", "v" + i)
                        .at("/v" + i)
                        .role("r", labels("role", "reader"), path("/", Access.ReadOnly))
                        .grant("lab", "r")
                        .build());
            }
            Tenant accepting = new Tenant("lab", Map.of(), AcceptedOwners.parse("other"));
            Case given = new Case(Case.JSON.readTree(manyContainers(1)), accepting, Catalog.of(volumes));

            assertThat(given.decide()).isInstanceOfSatisfying(Admit.class, admit -> {
                assertThat(admit.reason()).isEqualTo(Reason.INJECTED);
                assertThat(admit.patch())
                        .asString()
                        .contains("lab/data", "\\\"other/*\\\":{\\\"skipped\\\":\\\"too-many\\\"}")
                        .doesNotContain("other/v");
                assertThat(admit.warnings()).singleElement().asString().contains("\"other\"");
            });
        }

        @Test
        void thatNeverAskedIsSkippedWhenItsMountsAreTooMany() throws Exception {
            Case given = pod(manyContainers(800), manyMounts());

            assertThat(given.decide()).isInstanceOfSatisfying(Admit.class, admit -> {
                assertThat(admit.reason()).isEqualTo(Reason.TOO_MANY);
                assertThat(admit.patch()).hasSizeLessThan(500);
                assertThat(admit.warnings()).singleElement().asString().contains("25600 mounts in 800 containers");
            });
        }

        @Test
        void thatAskedIsRefusedWhenItsMountsAreTooMany() throws Exception {
            Case given = pod(annotated(manyContainers(800), "volumes", "many@r"), manyMounts());

            assertThat(given.decide()).isInstanceOf(Deny.class);
            assertThat(given.decide().reason()).isEqualTo(Reason.TOO_MANY);
        }

        @Test
        void isCountedByTheContainersThatGetTheMounts() throws Exception {
            Case given = pod(annotated(manyContainers(800), "containers", "c0,c1"), manyMounts());

            assertThat(given.decide().reason()).isEqualTo(Reason.INJECTED);
        }

        @Test
        void ofManyMountsIsRefusedWhenItHasSomeOfThem() throws Exception {
            Case first = pod(manyContainers(2), manyMounts());
            ObjectNode grown = reviewed(first).deepCopy();
            for (int i = 2; i < 800; i++) {
                ((ArrayNode) grown.at("/spec/containers")).addObject().put("name", "c" + i);
            }

            assertThat(first.with(grown).decide()).isInstanceOf(Deny.class);
        }

        @Test
        void whoseVolumesHaveTheNamesOfOursGetsANameThatIsFree() throws Exception {
            KnownVolume hiding = new VolumeBuilder("lab", "hiding")
                    .role("r", labels("role", "reader"), path("/", Access.Hidden))
                    .grant("lab", "r")
                    .build();
            ObjectNode pod = (ObjectNode) Case.JSON.readTree(manyContainers(1));
            String name = VolumeName.of("hidden", "hidden");
            ArrayNode volumes = ((ObjectNode) pod.get("spec")).putArray("volumes");
            for (int i = 1; i <= 40_000; i++) {
                volumes.addObject().put("name", i == 1 ? name : name + "-" + i).putObject("configMap");
            }

            assertThat(new Case(pod, TENANT, Catalog.of(List.of(hiding))).decide())
                    .isInstanceOfSatisfying(
                            Admit.class,
                            admit -> assertThat(admit.patch()).asString().contains(name + "-40001"));
        }

        private static KnownVolume manyMounts() {
            PathRule[] paths = IntStream.range(0, 32)
                    .mapToObj(i -> path("p" + i, Access.Scratch))
                    .toArray(PathRule[]::new);
            return new VolumeBuilder("lab", "many")
                    .role("r", labels("role", "reader"), paths)
                    .grant("lab", "r")
                    .build();
        }

        private static String annotated(String pod, String key, String value) {
            return pod.replace(
                    "\"metadata\": {",
                    "\"metadata\": {\"annotations\": {\"aquifer.dev/%s\": \"%s\"}, ".formatted(key, value));
        }

        @Test
        void thatAsksForTooManyIsRefused() throws Exception {
            String list = IntStream.range(0, 65)
                    .mapToObj(i -> "v" + i)
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            Case given = pod("{\"metadata\": {\"annotations\": {\"aquifer.dev/volumes\": \"" + list
                    + "\"}}, \"spec\": {\"containers\": []}}");

            assertThat(given.decide()).isInstanceOf(Deny.class);
            assertThat(given.decide().reason()).isEqualTo(Reason.TOO_MANY);
        }

        private static String manyContainers(int count) {
            String containers = IntStream.range(0, count)
                    .mapToObj(i -> "{\"name\": \"c" + i + "\"}")
                    .reduce((a, b) -> a + "," + b)
                    .orElseThrow();
            return "{\"metadata\": {\"labels\": {\"role\": \"reader\"}}, \"spec\": {\"containers\": [" + containers
                    + "]}}";
        }
    }
}
