package dev.aquifer.webhook.entitlement;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.labels;
import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntitlementTest {
    private static final Map<String, String> WORKER = Map.of("component", "worker");

    private static VolumeBuilder volume(String owner, String name) {
        return new VolumeBuilder(owner, name)
                .role("worker", labels("component", "worker"), path("/", Access.ReadOnly))
                .role("writer", path("/", Access.ReadWrite));
    }

    private static Tenant lab(String... accepted) {
        return new Tenant("lab", Map.of("tenant", "climate"), AcceptedOwners.parse(String.join(",", accepted)));
    }

    private static Entitlement entitlement(Tenant tenant, KnownVolume... volumes) {
        return new Entitlement(Catalog.of(List.of(volumes)), tenant, "default", WORKER);
    }

    private static Resolution ask(Entitlement entitlement, String item) throws InvalidAnnotationException {
        return entitlement.requested(VolumesAnnotation.parse(item).getFirst());
    }

    private static Reason reason(Resolution resolution) {
        return switch (resolution) {
            case Granted granted -> Reason.INJECTED;
            case Refused refused -> refused.reason();
        };
    }

    @Nested
    class WithoutAnAnnotation {
        @Test
        void takesNothingOfAnOwnerWhoIsNotAccepted() {
            assertThat(entitlement(
                                    lab(),
                                    volume("data", "ref").grant("lab", "worker").build())
                            .selected())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"data", "*", "other, data"})
        void takesTheRoleThatItsLabelsChooseOfAnAcceptedOwner(String accepted) {
            assertThat(entitlement(
                                    lab(accepted),
                                    volume("data", "ref").grant("lab", "worker").build())
                            .selected())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Granted.class,
                            granted -> assertThat(granted.role().name()).isEqualTo("worker"));
        }

        @Test
        void takesItsOwnNamespacesVolumesWithoutAcceptance() {
            assertThat(entitlement(
                                    lab(),
                                    volume("lab", "ref").grant("lab", "worker").build())
                            .selected())
                    .hasSize(1);
        }

        @Test
        void takesNothingThatIsNotGranted() {
            assertThat(entitlement(
                                    lab("*"),
                                    volume("data", "ref")
                                            .grant("other", "worker")
                                            .build(),
                                    volume("data", "maps").build(),
                                    volume("data", "genomes")
                                            .grant("lab", "writer")
                                            .build())
                            .selected())
                    .isEmpty();
        }

        @Test
        void takesNothingByDefaultRoleAlone() {
            assertThat(entitlement(
                                    lab("*"),
                                    new VolumeBuilder("data", "ref")
                                            .role("reader", path("/", Access.ReadOnly))
                                            .defaultRole("reader")
                                            .grant("lab", "reader")
                                            .build())
                            .selected())
                    .isEmpty();
        }

        @Test
        void ordersVolumesByOwnerAndName() {
            List<Resolution> selected = entitlement(
                            lab("*"),
                            volume("b", "x").grant("lab", "worker").build(),
                            volume("a", "z").grant("lab", "worker").build(),
                            volume("a", "y").grant("lab", "worker").build())
                    .selected();
            assertThat(selected)
                    .map(resolution -> ((Granted) resolution).volume().key())
                    .containsExactly("a/y", "a/z", "b/x");
        }

        @Test
        void namesTheRolesThatFitEquallyWellAndNoneThatIsNotGranted() {
            KnownVolume volume = volume("lab", "ref")
                    .role("second", new LabelSelector(null, null), path("/", Access.ReadOnly))
                    .role("secret", new LabelSelector(null, null), path("/", Access.ReadOnly))
                    .grant("lab", "worker", "second")
                    .build();
            assertThat(entitlement(lab(), volume).selected())
                    .singleElement()
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS_ROLE);
                        assertThat(refused.message())
                                .contains("lab/ref@worker, lab/ref@second")
                                .doesNotContain("secret");
                    });
        }
    }

    @Nested
    class Asked {
        @Test
        void findsAVolumeByItsShortNameAtAnAcceptedOwnerOnly() throws Exception {
            KnownVolume ref = volume("data", "ref").grant("lab", "worker").build();
            assertThat(ask(entitlement(lab("data"), ref), "ref")).isInstanceOf(Granted.class);
            assertThat(reason(ask(entitlement(lab("other"), ref), "ref"))).isEqualTo(Reason.NOT_GRANTED);
        }

        @Test
        void findsAVolumeByItsFullNameWhoeverIsAccepted() throws Exception {
            KnownVolume ref = volume("data", "ref").grant("lab", "worker").build();
            assertThat(ask(entitlement(lab(), ref), "data/ref")).isInstanceOf(Granted.class);
        }

        @Test
        void neverTakesANameForTwoWhenOnlyOneIsGranted() throws Exception {
            Entitlement entitlement = entitlement(
                    lab("*"),
                    volume("data", "ref").grant("lab", "worker").build(),
                    volume("maps", "ref").grant("other", "worker").build());
            assertThat(ask(entitlement, "ref")).isInstanceOf(Granted.class);
        }

        @Test
        void namesTheOwnersThatGrantAVolumeOfOneName() throws Exception {
            Entitlement entitlement = entitlement(
                    lab("data", "maps", "hidden"),
                    volume("maps", "ref").grant("lab", "worker").build(),
                    volume("data", "ref").grant("lab", "writer").build(),
                    volume("hidden", "ref").grant("other", "worker").build());
            assertThat(ask(entitlement, "ref")).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS_VOLUME);
                assertThat(refused.message()).endsWith(": data/ref, maps/ref").doesNotContain("hidden");
            });
        }

        @Test
        void getsTheSameSentenceForWhatIsNotThereAndWhatIsNotGranted() throws Exception {
            KnownVolume ungranted =
                    volume("data", "ref").grant("other", "worker").build();
            KnownVolume granted = volume("data", "ref").grant("lab", "worker").build();
            for (String item : List.of("ref@writer", "data/ref@writer", "data/ref@nosuch", "ref@nosuch")) {
                Resolution absent = ask(entitlement(lab("data")), item);
                assertThat(ask(entitlement(lab("data"), ungranted), item))
                        .as(item)
                        .isEqualTo(absent);
                assertThat(ask(entitlement(lab("data"), granted), item))
                        .as(item)
                        .isEqualTo(absent);
            }
            assertThat(ask(entitlement(lab("data"), ungranted), "ref")).isEqualTo(ask(entitlement(lab("data")), "ref"));
        }

        @Test
        void takesTheRoleNamedThoughItsLabelsChooseAnother() throws Exception {
            KnownVolume ref =
                    volume("lab", "ref").grant("lab", "worker", "writer").build();
            assertThat(ask(entitlement(lab(), ref), "ref@writer"))
                    .isInstanceOfSatisfying(
                            Granted.class,
                            granted -> assertThat(granted.role().name()).isEqualTo("writer"));
        }

        @Test
        void takesTheDefaultRoleWhenNoLabelChooses() throws Exception {
            VolumeBuilder ref = volume("lab", "ref").defaultRole("writer");
            Entitlement unlabelled = new Entitlement(
                    Catalog.of(List.of(ref.grant("lab", "worker", "writer").build())), lab(), "default", Map.of());
            assertThat(ask(unlabelled, "ref"))
                    .isInstanceOfSatisfying(
                            Granted.class,
                            granted -> assertThat(granted.role().name()).isEqualTo("writer"));
        }

        @Test
        void isTakenByNoRoleWhenTheDefaultIsNotGranted() throws Exception {
            KnownVolume ref = volume("lab", "ref")
                    .defaultRole("writer")
                    .grant("lab", "worker")
                    .build();
            Entitlement unlabelled = new Entitlement(Catalog.of(List.of(ref)), lab(), "default", Map.of());
            assertThat(ask(unlabelled, "ref")).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.NO_ROLE);
                assertThat(refused.message()).contains("ref@worker").doesNotContain("ref@writer");
            });
        }
    }

    @Nested
    class AGrant {
        private static Reason answer(NamespaceSet namespaces, List<String> accounts, String account) throws Exception {
            KnownVolume ref =
                    volume("data", "ref").grant(namespaces, accounts, "worker").build();
            return reason(ask(new Entitlement(Catalog.of(List.of(ref)), lab("data"), account, WORKER), "ref"));
        }

        private static NamespaceSet named(String... names) {
            return new NamespaceSet(List.of(names), null);
        }

        @Test
        void isForTheServiceAccountsThatItNames() throws Exception {
            assertThat(answer(named("lab"), List.of("runner"), "runner")).isEqualTo(Reason.INJECTED);
            assertThat(answer(named("lab"), List.of("runner"), "default")).isEqualTo(Reason.NOT_GRANTED);
            assertThat(answer(named("lab"), List.of("x", "*"), "default")).isEqualTo(Reason.INJECTED);
            assertThat(answer(named("lab"), List.of(), "default")).isEqualTo(Reason.NOT_GRANTED);
        }

        @Test
        void isForTheNamespacesThatItNamesOrSelects() throws Exception {
            List<String> all = List.of("*");
            NamespaceSet selected = new NamespaceSet(null, labels("tenant", "climate"));
            assertThat(answer(selected, all, "default")).isEqualTo(Reason.INJECTED);
            assertThat(answer(new NamespaceSet(null, labels("tenant", "x")), all, "default"))
                    .isEqualTo(Reason.NOT_GRANTED);
            assertThat(answer(new NamespaceSet(List.of("lab"), labels("tenant", "x")), all, "default"))
                    .isEqualTo(Reason.INJECTED);
            assertThat(answer(new NamespaceSet(null, null), all, "default")).isEqualTo(Reason.NOT_GRANTED);
            assertThat(answer(named("la", "labs"), all, "default")).isEqualTo(Reason.NOT_GRANTED);
        }

        @Test
        void isForTheRolesThatItNames() throws Exception {
            KnownVolume ref = volume("lab", "ref").grant("lab", "writer").build();
            assertThat(reason(ask(entitlement(lab(), ref), "ref@worker"))).isEqualTo(Reason.NOT_GRANTED);
            assertThat(reason(ask(entitlement(lab(), ref), "ref@writer"))).isEqualTo(Reason.INJECTED);
        }
    }
}
