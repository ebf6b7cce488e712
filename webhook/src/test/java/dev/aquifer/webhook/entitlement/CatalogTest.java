package dev.aquifer.webhook.entitlement;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.LabelSelectorRequirement;
import dev.aquifer.webhook.api.LabelSelectorRequirement.Operator;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The indexed catalog against an oracle that looks at every volume, on catalogs made at random. */
class CatalogTest {
    private static final int RUNS = 3_000;

    @Test
    void selectsWhatALookAtEveryVolumeSelects() {
        int[] found = new int[1];
        forAll((pod, volumes) -> {
            Map<String, String> expected = new TreeMap<>();
            volumes.stream().filter(volume -> pod.accepts(volume.owner())).forEach(volume -> {
                List<Role> roles = pod.selecting(volume);
                if (!roles.isEmpty()) {
                    expected.put(
                            volume.key(), roles.size() == 1 ? roles.getFirst().name() : "ambiguous-role");
                }
            });
            Map<String, String> selected = new TreeMap<>();
            pod.entitlement(volumes).selected().forEach(resolution -> selected.put(key(resolution), text(resolution)));

            assertThat(selected).isEqualTo(expected);
            found[0] += selected.size();
        });
        assertThat(found[0]).isGreaterThan(RUNS / 4);
    }

    @Test
    void answersARequestAsALookAtEveryVolumeDoes() {
        Map<Reason, Integer> answers = new EnumMap<>(Reason.class);
        forAll((pod, volumes) -> {
            Entitlement entitlement = pod.entitlement(volumes);
            for (String name : VolumeGenerator.NAMES) {
                for (String owner : List.of("", "lab", "data")) {
                    for (String role : List.of("", "reader")) {
                        VolumeRequest request =
                                new VolumeRequest(owner.isEmpty() ? null : owner, name, role.isEmpty() ? null : role);
                        Resolution resolution = entitlement.requested(request);
                        assertThat(text(resolution)).as("%s", request).isEqualTo(pod.expected(request, volumes));
                        answers.merge(
                                resolution instanceof Refused refused ? refused.reason() : Reason.INJECTED,
                                1,
                                Integer::sum);
                    }
                }
            }
        });
        assertThat(answers)
                .containsOnlyKeys(
                        Reason.INJECTED,
                        Reason.NOT_GRANTED,
                        Reason.AMBIGUOUS_VOLUME,
                        Reason.AMBIGUOUS_ROLE,
                        Reason.NO_ROLE);
    }

    @Test
    void doesNotDependOnTheOrderOfTheVolumes() {
        forAll((pod, volumes) -> {
            List<Resolution> selected = pod.entitlement(volumes).selected();
            Collections.reverse(volumes);
            assertThat(pod.entitlement(volumes).selected()).isEqualTo(selected);
        });
    }

    /** Else one volume of anybody's could end admission, whose memory all volumes share. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1, 1",
        "16, 64, 256, 1, 64",
        "16, 64, 256, 16, 64",
        "16, 64, 256, 1, 1",
        "1, 64, 8, 16, 64",
        "16, 1, 1, 16, 64"
    })
    void takesNoMoreThanNamesAndValuesTogether(int roles, int grants, int names, int terms, int values) {
        KnownVolume volume = large(roles, grants, names, terms, values);
        Catalog.of(List.of(volume)); // loads the classes
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Catalog catalog = Catalog.of(List.of(volume));
        long taken = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(taken).isLessThan((256 << 10) + 1_024L * (grants * names + (grants + roles) * terms * values));
        Entitlement entitlement = new Entitlement(
                catalog,
                new Tenant("n%d-0".formatted(grants - 1), Map.of("key0", "n0"), new AcceptedOwners(Set.of("lab"))),
                "default",
                IntStream.range(0, terms).boxed().collect(toMap("key%d"::formatted, term -> "r0-0")));
        assertThat(entitlement.selected().stream().map(CatalogTest::text)).containsExactly("r0");
    }

    /** Each grant names some namespaces of its own and selects others by as many values, each role its own pods. */
    private static KnownVolume large(int roles, int grants, int names, int terms, int values) {
        VolumeBuilder volume = new VolumeBuilder("lab", "large");
        for (int i = 0; i < roles; i++) {
            volume.role(
                    "r" + i, selector(terms, values, "r%d-".formatted(i)), VolumeBuilder.path("/", Access.ReadOnly));
        }
        String[] granted = IntStream.range(0, roles).mapToObj("r%d"::formatted).toArray(String[]::new);
        for (int i = 0; i < grants; i++) {
            String prefix = "n%d-".formatted(i);
            List<String> named =
                    IntStream.range(0, names).mapToObj(n -> prefix + n).toList();
            volume.grant(new NamespaceSet(named, selector(terms, values, prefix)), null, granted);
        }
        return volume.build();
    }

    private static LabelSelector selector(int terms, int values, String prefix) {
        return new LabelSelector(
                Map.of(),
                IntStream.range(0, terms)
                        .mapToObj(term -> new LabelSelectorRequirement(
                                "key" + term,
                                Operator.In,
                                IntStream.range(0, values)
                                        .mapToObj(value -> prefix + value)
                                        .toList()))
                        .toList());
    }

    @FunctionalInterface
    private interface Property {
        void check(Oracle pod, List<KnownVolume> volumes);
    }

    private static void forAll(Property property) {
        for (long seed = 0; seed < RUNS; seed++) {
            VolumeGenerator generator = new VolumeGenerator(new Random(seed));
            Oracle pod =
                    new Oracle(generator.tenant("lab"), generator.any(VolumeGenerator.ACCOUNTS), generator.labels());
            List<KnownVolume> volumes = generator.volumes("lab", 8);
            try {
                property.check(pod, volumes);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + pod + "\n" + volumes, e);
            }
        }
    }

    private static String key(Resolution resolution) {
        return switch (resolution) {
            case Granted granted -> granted.volume().key();
            case Refused refused -> refused.volume();
        };
    }

    private static String text(Resolution resolution) {
        return switch (resolution) {
            case Granted granted -> granted.role().name();
            case Refused refused -> refused.reason().label();
        };
    }

    /** The rules once more, as plainly as they can be said. */
    private record Oracle(Tenant tenant, String account, Map<String, String> podLabels) {
        Entitlement entitlement(List<KnownVolume> volumes) {
            return new Entitlement(Catalog.of(volumes), tenant, account, podLabels);
        }

        boolean accepts(String owner) {
            return owner.equals(tenant.namespace())
                    || tenant.accepts().names().contains("*")
                    || tenant.accepts().names().contains(owner);
        }

        String expected(VolumeRequest request, List<KnownVolume> volumes) {
            List<KnownVolume> granted = volumes.stream()
                    .filter(volume -> volume.name().equals(request.name()))
                    .filter(volume -> request.owner() == null
                            ? accepts(volume.owner())
                            : volume.owner().equals(request.owner()))
                    .filter(volume -> !granted(volume).isEmpty())
                    .toList();
            if (granted.size() != 1) {
                return granted.isEmpty() ? "not-granted" : "ambiguous-volume";
            }
            KnownVolume volume = granted.getFirst();
            if (request.role() != null) {
                return has(granted(volume), request.role()) ? request.role() : "not-granted";
            }
            List<Role> selecting = selecting(volume);
            if (!selecting.isEmpty()) {
                return selecting.size() == 1 ? selecting.getFirst().name() : "ambiguous-role";
            }
            String defaultRole = volume.spec().defaultRole();
            return defaultRole != null && has(granted(volume), defaultRole) ? defaultRole : "no-role";
        }

        private static boolean has(List<Role> roles, String name) {
            return roles.stream().anyMatch(role -> role.name().equals(name));
        }

        List<Role> selecting(KnownVolume volume) {
            return granted(volume).stream()
                    .filter(role -> role.podSelector() != null && matches(role.podSelector(), podLabels))
                    .toList();
        }

        List<Role> granted(KnownVolume volume) {
            return volume.spec().roles().stream()
                    .filter(role ->
                            requireNonNull(volume.spec().access()).stream().anyMatch(grant -> grants(grant, role)))
                    .sorted(Comparator.comparing(Role::name))
                    .toList();
        }

        private boolean grants(Grant grant, Role role) {
            List<String> names = grant.namespaces().names();
            LabelSelector selector = grant.namespaces().selector();
            return grant.roles().contains(role.name())
                    && ((names != null && names.contains(tenant.namespace()))
                            || (selector != null && matches(selector, tenant.labels())))
                    && (grant.serviceAccounts() == null
                            || grant.serviceAccounts().contains("*")
                            || grant.serviceAccounts().contains(account));
        }

        private static boolean matches(LabelSelector selector, Map<String, String> labels) {
            return labels.entrySet()
                            .containsAll(requireNonNull(selector.matchLabels()).entrySet())
                    && requireNonNull(selector.matchExpressions()).stream()
                            .allMatch(term -> matches(term, labels.get(term.key())));
        }

        private static boolean matches(LabelSelectorRequirement term, @Nullable String value) {
            return switch (term.operator()) {
                case In -> value != null && requireNonNull(term.values()).contains(value);
                case NotIn -> value == null || !requireNonNull(term.values()).contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }
}
