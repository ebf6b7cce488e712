package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.LabelSelectorRequirement;
import dev.aquifer.webhook.api.LabelSelectorRequirement.Operator;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.PathRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes shared volumes and tenants at random, of so few names, labels and paths that they meet often. All of them keep
 * the rules of the API.
 */
public final class VolumeGenerator {
    public static final List<String> NAMESPACES = List.of("lab", "data", "maps", "other");
    public static final List<String> NAMES = List.of("a", "b", "c", "d.e");
    public static final List<String> ROLES = List.of("reader", "writer", "guard");
    public static final List<String> ACCOUNTS = List.of("default", "runner");
    public static final List<String> CLAIMS = List.of("c1", "c2", "c3");
    /** Directories of the node that volumes replace. */
    public static final List<String> REPLACED = List.of("/mnt/one", "/mnt/two");

    private static final List<String> PATHS = List.of("/a", "/a/b", "/b", "/c", "/c/d/e", "/srv", "/x-y", "/x");
    private static final List<String> KEYS = List.of("tier", "team", "zone");
    private static final List<String> VALUES = List.of("one", "two");

    private final RandomGenerator random;

    public VolumeGenerator(RandomGenerator random) {
        this.random = random;
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        for (String key : KEYS) {
            if (chance(70)) {
                labels.put(key, any(VALUES));
            }
        }
        return labels;
    }

    public Tenant tenant(String namespace) {
        Set<String> accepted = new HashSet<>();
        NAMESPACES.stream().filter(name -> chance(30)).forEach(accepted::add);
        if (chance(10)) {
            accepted.add("*");
        }
        return new Tenant(namespace, labels(), new AcceptedOwners(accepted));
    }

    /** Volumes of distinct identities, most of them of the given owner. */
    public List<KnownVolume> volumes(String owner, int atMost) {
        List<KnownVolume> volumes = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = random.nextInt(atMost + 1); i > 0; i--) {
            KnownVolume volume = volume(chance(60) ? owner : any(NAMESPACES), any(NAMES));
            if (keys.add(volume.key())) {
                volumes.add(volume);
            }
        }
        return volumes;
    }

    private KnownVolume volume(String owner, String name) {
        VolumeBuilder volume = new VolumeBuilder(owner, name).claim(any(CLAIMS)).at(any(PATHS));
        if (chance(20)) {
            volume.subdirectory("root/dir");
        }
        if (chance(40)) {
            volume.replacing(any(REPLACED));
        }
        List<String> roles = ROLES.stream().filter(role -> chance(60)).toList();
        roles.forEach(role -> addRole(volume, role));
        if (roles.isEmpty()) {
            volume.role("reader", new PathRule("/", Access.ReadOnly, null));
            roles = List.of("reader");
        }
        if (chance(60)) {
            volume.defaultRole(any(roles));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            volume.grant(
                    namespaces(),
                    accounts(),
                    roles.stream().filter(role -> chance(80)).toArray(String[]::new));
        }
        return volume.build();
    }

    private void addRole(VolumeBuilder volume, String role) {
        PathRule[] paths = paths();
        if (chance(75)) {
            volume.role(role, selector(), paths);
        } else {
            volume.role(role, paths);
        }
    }

    private PathRule[] paths() {
        Access root = any(List.of(Access.ReadOnly, Access.ReadOnly, Access.ReadWrite));
        List<PathRule> paths = new ArrayList<>();
        if (chance(85)) {
            paths.add(new PathRule("/", root, null));
        }
        for (String child : List.of("in", "out", "tmp", "été")) {
            if (chance(35)) {
                Access access = any(List.of(Access.values()));
                paths.add(new PathRule(
                        child, access, access == Access.Scratch ? any(List.of("1Gi", "1024Mi", "0.5G", "20")) : null));
                if (access == Access.ReadOnly && chance(30)) {
                    paths.add(new PathRule(child + "/deep", Access.Scratch, null));
                }
            }
        }
        return paths.isEmpty() ? new PathRule[] {new PathRule("/", root, null)} : paths.toArray(PathRule[]::new);
    }

    private NamespaceSet namespaces() {
        return switch (random.nextInt(3)) {
            case 0 -> new NamespaceSet(List.of(any(NAMESPACES), any(NAMESPACES)), null);
            case 1 -> new NamespaceSet(null, selector());
            default -> new NamespaceSet(List.of(any(NAMESPACES)), selector());
        };
    }

    private @Nullable List<String> accounts() {
        return chance(20) ? null : any(List.of(List.of("*"), List.of("runner"), ACCOUNTS));
    }

    private LabelSelector selector() {
        Map<String, String> labels = new HashMap<>();
        List<LabelSelectorRequirement> terms = new ArrayList<>();
        if (chance(60)) {
            labels.put(any(KEYS), any(VALUES));
        }
        if (chance(40)) {
            Operator operator = any(List.of(Operator.values()));
            boolean valued = operator == Operator.In || operator == Operator.NotIn;
            terms.add(new LabelSelectorRequirement(
                    any(KEYS), operator, valued ? (chance(50) ? VALUES : List.of(any(VALUES))) : null));
        }
        return new LabelSelector(labels, terms);
    }
}
