package dev.aquifer.webhook.chart;

import static dev.aquifer.webhook.chart.Release.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.Person;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody but the binder makes claims of the reserved names, and nobody else makes them into anything of his own. */
class ReservedClaimsIT {
    private static final String NAMESPACE = "reserved";
    private static final String CLAIM = "aquifer-ro-climate-data-ref-abcdefghijklmnop";

    @RegisterExtension
    static final Release release = new Release();

    private static final ControlPlane api = release.api();

    private static KubernetesClient tenant;
    private static KubernetesClient binder;

    @BeforeAll
    static void makeTheClaim() {
        api.namespace(NAMESPACE, Map.of("aquifer.dev/inject", "enabled"));
        tenant = Person.admin(api, NAMESPACE);
        binder = Person.mighty(api, "system:serviceaccount:" + Release.NAMESPACE + ":aquifer-binder");
        eventually(() -> assertThatThrownBy(() -> create(tenant, CLAIM, ""))
                .hasMessageContaining("kept for the claims that Aquifer's binder makes"));
        PersistentVolumeClaim claim = claim(CLAIM, "");
        claim.getMetadata().setLabels(Map.of("aquifer.dev/tenant", NAMESPACE));
        claim.getMetadata().setAnnotations(Map.of("aquifer.dev/source", "climate-data/ref"));
        binder.resource(claim).create();
    }

    @Nested
    class Names {
        @Test
        void areTheBindersAlone() {
            assertThatCode(() -> create(binder, "aquifer-rw-b", "")).doesNotThrowAnyException();
            assertThatCode(() -> create(tenant, "my-aquifer-ro-a", "")).doesNotThrowAnyException();
            for (String name : List.of("aquifer-ro-a", "aquifer-rw-a")) {
                assertThatThrownBy(() -> create(tenant, name, "")).hasMessageContaining("choose another name");
            }
        }

        @Test
        void areNotGeneratedEither() {
            PersistentVolumeClaim claim = claim("", "");
            claim.getMetadata().setGenerateName("aquifer-ro-");
            assertThatThrownBy(() -> tenant.resource(claim).dryRun().create())
                    .hasMessageContaining("choose another name");
        }

        @ParameterizedTest
        @ValueSource(strings = {"ephemeral-volume-controller", "statefulset-controller"})
        void areNotMadeByControllersForATenantsPod(String name) {
            try (var controller = Person.mighty(api, "system:serviceaccount:kube-system:" + name)) {
                assertThatThrownBy(() -> create(controller, "aquifer-rw-pod-volume", ""))
                        .hasMessageContaining("choose another name");
            }
        }
    }

    @Nested
    class Updates {
        @Test
        void ofWhatMeansNothingToAquiferPass() {
            assertThat(edit(
                            tenant,
                            metadata -> metadata.setLabels(Map.of("aquifer.dev/tenant", NAMESPACE, "team", "one"))))
                    .containsEntry("team", "one");
            assertThatCode(() -> edit(tenant, metadata -> {})).doesNotThrowAnyException();
        }

        @Test
        void byTheControllersThatBindAndProtectPass() {
            var controller = Person.mighty(api, "system:serviceaccount:kube-system:persistent-volume-binder");
            assertThatCode(() -> edit(controller, metadata -> {
                        metadata.setFinalizers(List.of("kubernetes.io/pvc-protection"));
                        metadata.getAnnotations().put("pv.kubernetes.io/bind-completed", "yes");
                    }))
                    .doesNotThrowAnyException();
        }

        @Test
        void ofTheSpecAreRefused() {
            PersistentVolumeClaim claim = stored();
            claim.getSpec().setVolumeName("aquifer-ro-of-another");
            assertThatThrownBy(() -> tenant.resource(claim).dryRun().update())
                    .hasMessageContaining("the spec of a claim that Aquifer's binder made is not to be changed");
            assertThatCode(() -> binder.resource(claim).dryRun().update()).doesNotThrowAnyException();
        }

        @Test
        void byServerSideApplyAreRefusedToo() {
            PersistentVolumeClaim claim = claim(CLAIM, "");
            claim.getMetadata().setFinalizers(List.of("example.org/for-ever"));
            assertThatThrownBy(() ->
                            tenant.resource(claim).dryRun().forceConflicts().serverSideApply())
                    .hasMessageContaining("takes no further finalizers");
        }

        @Test
        void ofTheOwnerAreRefused() {
            assertThatThrownBy(() -> edit(
                            tenant,
                            metadata -> metadata.setOwnerReferences(List.of(new OwnerReferenceBuilder()
                                    .withApiVersion("v1")
                                    .withKind("Pod")
                                    .withName("aquifer-ro")
                                    .withUid("one")
                                    .withController()
                                    .build()))))
                    .hasMessageContaining("leave its ownerReferences as they are");
        }

        @Test
        void thatAddFinalizersAreRefused() {
            assertThatThrownBy(() -> edit(tenant, metadata -> metadata.setFinalizers(List.of("example.org/for-ever"))))
                    .hasMessageContaining("takes no further finalizers");
        }

        @Test
        void ofLabelsAndAnnotationsOfAquiferAreRefused() {
            assertLeftAlone(metadata -> metadata.setLabels(Map.of("aquifer.dev/tenant", "other")));
            assertLeftAlone(metadata -> metadata.setLabels(Map.of()));
            assertLeftAlone(metadata -> metadata.getLabels().put("aquifer.dev/mode", "rw"));
            assertLeftAlone(metadata -> metadata.setAnnotations(Map.of()));
            assertLeftAlone(metadata -> metadata.getAnnotations().put("aquifer.dev/more", "x"));
        }

        private static void assertLeftAlone(Consumer<ObjectMeta> change) {
            assertThatThrownBy(() -> edit(tenant, change)).hasMessageContaining("leave them as they are");
        }
    }

    @Nested
    class Copies {
        @ParameterizedTest
        @ValueSource(strings = {"dataSource", "dataSourceRef"})
        void cannotBeMadeByCloning(String field) {
            assertThatThrownBy(() -> create(tenant, "clone", clone(field, CLAIM)))
                    .hasMessageContaining("cannot be cloned");
            assertThatCode(() -> create(tenant, "clone", clone(field, "mine"))).doesNotThrowAnyException();
        }

        @Test
        void cannotBeMadeBySnapshot() {
            api.apply(resource("snapshots.yaml"));
            eventually(() -> assertThatThrownBy(() -> snapshot("VolumeSnapshot", "persistentVolumeClaimName: " + CLAIM))
                    .hasMessageContaining("cannot be made a snapshot of"));
            assertThatCode(() -> snapshot("VolumeSnapshot", "persistentVolumeClaimName: mine"))
                    .doesNotThrowAnyException();
        }

        @Test
        void cannotBeMadeBySnapshotOfAGroup() {
            api.apply(resource("snapshots.yaml"));
            eventually(
                    () -> assertThatThrownBy(() -> snapshot("VolumeGroupSnapshot", "selector: {matchLabels: {a: b}}"))
                            .hasMessageContaining("add {key: aquifer.dev/tenant, operator: DoesNotExist}"));
            assertThatCode(() -> snapshot(
                            "VolumeGroupSnapshot",
                            "selector: {matchExpressions: [{key: aquifer.dev/tenant, operator: DoesNotExist}]}"))
                    .doesNotThrowAnyException();
        }

        private static String clone(String field, String name) {
            return "  %s: {kind: PersistentVolumeClaim, name: %s}".formatted(field, name);
        }

        private static void snapshot(String kind, String source) {
            String group = kind.equals("VolumeSnapshot") ? "snapshot" : "groupsnapshot";
            api.client()
                    .resource("""
                            apiVersion: %s.storage.k8s.io/v1
                            kind: %s
                            metadata: {name: one, namespace: %s}
                            spec: {source: {%s}}
                            """.formatted(group, kind, NAMESPACE, source))
                    .dryRun()
                    .create();
        }
    }

    @Test
    void aTenantsClaimTakesNoVolumeOfOurs() {
        assertThatThrownBy(() -> create(tenant, "mine", "  volumeName: " + CLAIM))
                .hasMessageContaining("leave spec.volumeName out");
        assertThatCode(() -> create(tenant, "mine", "  volumeName: other")).doesNotThrowAnyException();

        PersistentVolumeClaim mine = tenant.resource(claim("unbound", "")).create();
        mine.getSpec().setVolumeName(CLAIM);
        assertThatThrownBy(() -> tenant.resource(mine).update()).hasMessageContaining("leave spec.volumeName out");
        mine.getSpec().setVolumeName("other");
        assertThatCode(() -> tenant.resource(mine).update()).doesNotThrowAnyException();
    }

    private static Map<String, String> edit(KubernetesClient by, Consumer<ObjectMeta> change) {
        PersistentVolumeClaim claim = stored();
        change.accept(claim.getMetadata());
        return by.resource(claim).dryRun().update().getMetadata().getLabels();
    }

    private static PersistentVolumeClaim stored() {
        return api.client()
                .persistentVolumeClaims()
                .inNamespace(NAMESPACE)
                .withName(CLAIM)
                .get();
    }

    private static void create(KubernetesClient by, String name, String more) {
        by.resource(claim(name, more)).dryRun().create();
    }

    private static PersistentVolumeClaim claim(String name, String more) {
        PersistentVolumeClaim claim = api.client()
                .persistentVolumeClaims()
                .load(new ByteArrayInputStream("""
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata: {namespace: %s}
                        spec:
                          accessModes: [ReadOnlyMany]
                          storageClassName: ""
                          resources: {requests: {storage: 1Gi}}
                        %s
                        """.formatted(NAMESPACE, more).getBytes(StandardCharsets.UTF_8)))
                .item();
        if (!name.isEmpty()) {
            claim.getMetadata().setName(name);
        }
        return claim;
    }

    private static Path resource(String name) {
        return Path.of("src", "test", "resources", "chart", name);
    }
}
