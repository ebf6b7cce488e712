package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.cluster.VolumeSlot.Unusable;
import dev.aquifer.webhook.cluster.VolumeSlot.Usable;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.paths.PathsPlace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadersTest {
    private static final String VOLUME = """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: climate, uid: u-1, generation: 3}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
              roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
              access: [{namespaces: {names: [t]}, roles: [reader]}]
            """;

    @Nested
    class OfTenants {
        @Test
        void readsNameLabelsAndAcceptedOwners() {
            TenantReader reader = new TenantReader(new AcceptedOwners(Set.of("genomes")));
            assertThat(reader.read(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("t")
                            .addToLabels("team", "red")
                            .addToAnnotations("aquifer.dev/accept-from", "climate, maps")
                            .addToAnnotations("other", "x")
                            .endMetadata()
                            .build()))
                    .isEqualTo(new Tenant(
                            "t", Map.of("team", "red"), new AcceptedOwners(Set.of("climate", "maps", "genomes"))));
        }

        @Test
        void takesANamespaceWithoutLabelsAndAnnotations() {
            TenantReader reader = new TenantReader(AcceptedOwners.NONE);
            assertThat(reader.read(TenantReader.stub("t"))).isEqualTo(new Tenant("t", Map.of(), AcceptedOwners.NONE));
        }
    }

    @Nested
    class OfVolumes {
        private final VolumeReader reader = new VolumeReader(Served.ALL);

        @Test
        void readsIdentityAndSpecification() {
            assertThat(reader.read(parse(VOLUME))).isInstanceOfSatisfying(Usable.class, slot -> {
                assertThat(slot.volume().key()).isEqualTo("climate/ref");
                assertThat(slot.volume().uid()).isEqualTo("u-1");
                assertThat(slot.volume().generation()).isEqualTo(3);
                assertThat(slot.volume().spec().mountPath()).isEqualTo("/ref");
                assertThat(slot.volume().spec().roles()).hasSize(1);
            });
        }

        @Test
        void readsWhatANewerDefinitionHasMore() {
            assertThat(reader.read(parse(VOLUME.replace("mountPath:", "later: {a: [1]}\n  mountPath:"))))
                    .isInstanceOf(Usable.class);
        }

        @Test
        void readsTheRevisionsOfItsPairs() {
            assertThat(revisions("{current: 3, exceptions: {alice/ro: 4}, later: 1}, boundNamespaces: 2"))
                    .isEqualTo(new PairRevisions(3, Map.of("alice/ro", 4)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{current: -1}", "{current: many}", "[]", "{exceptions: {a/ro: -1}}", "null"})
        void takesRevisionsThatCannotBeReadForNone(String revisions) {
            assertThat(revisions(revisions)).isEqualTo(PairRevisions.NONE);
        }

        @ParameterizedTest
        @CsvSource({"Chowned, Chowned", "Kept, Kept", "Later,", "{},", "null,"})
        void readsWhatAnFsGroupDoesToTheFiles(String text, @Nullable FsGroupEffect effect) {
            VolumeSlot slot = reader.read(parse(VOLUME + "status: {fsGroup: " + text + "}\n"));
            assertThat(((Usable) slot).volume().effects().fsGroup()).isEqualTo(effect);
        }

        @ParameterizedTest
        @CsvSource({"Relabelled, Relabelled", "Kept, Kept", "Later,", "{},", "null,"})
        void readsWhatNodesWithSeLinuxDoToTheFiles(String text, @Nullable SeLinuxEffect effect) {
            VolumeSlot slot = reader.read(parse(VOLUME + "status: {seLinux: " + text + "}\n"));
            assertThat(((Usable) slot).volume().effects().seLinux()).isEqualTo(effect);
        }

        @Test
        void takesDirectoriesToBeThereOnlyWhereTheyWereFound() {
            String place = PathsPlace.of(volume(VOLUME).spec());
            String status = "status: {readyPaths: [results], readyIn: %s}%n".formatted(place);

            assertThat(volume(VOLUME + status).readyPaths()).containsExactly("results");
            assertThat(volume(VOLUME.replace("claimName: data", "claimName: other") + status)
                            .readyPaths())
                    .isEmpty();
        }

        /** Its pods have mounted the subdirectory already. */
        @ParameterizedTest
        @CsvSource({"'True', 3, /v1", "'True', 2,", "'False', 3,"})
        void believesWhatAnOlderVersionSaidOfThisGeneration(String truth, int generation, @Nullable String ready) {
            String below = VOLUME.replace("{claimName: data}", "{claimName: data}, subdirectory: v1");
            String status =
                    "status: {readyPaths: [], conditions: [{type: PathsReady, status: '%s', observedGeneration: %d}]}%n"
                            .formatted(truth, generation);

            assertThat(volume(below + status).readyPaths()).isEqualTo(ready == null ? Set.of() : Set.of(ready));
        }

        private KnownVolume volume(String text) {
            return ((Usable) reader.read(parse(text))).volume();
        }

        private PairRevisions revisions(String text) {
            VolumeSlot slot = reader.read(parse(VOLUME + "status: {revisions: " + text + "}\n"));
            return ((Usable) slot).volume().revisions();
        }

        @ParameterizedTest
        @CsvSource({"access: ReadOnly, access: Sometimes", "mountPath: /ref, other: /ref", "spec:, status:"})
        void sharesNothingOfOneThatCannotBeRead(String original, String changed) {
            assertThat(VOLUME).contains(original);
            assertThat(reader.read(parse(VOLUME.replace(original, changed)))).isEqualTo(Unusable.UNREADABLE);
        }

        @Test
        void sharesNothingOfOneThatIsBeingDeleted() {
            String deleted =
                    VOLUME.replace("generation: 3", "generation: 3, deletionTimestamp: '2026-01-01T00:00:00Z'");
            assertThat(reader.read(parse(deleted))).isEqualTo(Unusable.DELETED);
        }

        private static GenericKubernetesResource parse(String yaml) {
            return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        }
    }
}
