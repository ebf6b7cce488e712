package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether one role writes where another has an empty directory of its own: what the one is to find there, the other
 * never puts there.
 */
record RolesCheck(KubernetesObjects objects) implements Check {
    @Override
    public String name() {
        return "roles";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode volume : objects.all(Kind.SHARED_VOLUME)) {
            KnownVolume known = SharedVolumes.known(volume);
            if (known != null) {
                findings.addAll(contradictions(known));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok(name(), "all roles", "none contradicts another")) : findings;
    }

    private List<Finding> contradictions(KnownVolume volume) {
        List<Role> roles = volume.spec().roles();
        return roles.stream()
                .flatMap(scratch -> roles.stream()
                        .flatMap(shared -> contradictions(scratch, shared).stream()
                                .map(path -> contradiction(volume, path, scratch.name(), shared.name()))))
                .toList();
    }

    /** The topmost paths at which the one role has a directory of its own, and the other that of the source, writable. */
    private static List<String> contradictions(Role scratch, Role shared) {
        List<String> found = new ArrayList<>();
        Stream.concat(scratch.paths().stream(), shared.paths().stream())
                .map(PathRule::path)
                .distinct()
                .sorted()
                .filter(path -> is(Access.Scratch, scratch.ruleAt(path)) && is(Access.ReadWrite, shared.ruleAt(path)))
                .filter(path -> found.stream().noneMatch(above -> PathRule.covers(above, path)))
                .forEach(found::add);
        return found;
    }

    private static boolean is(Access access, @Nullable PathRule rule) {
        return rule != null && rule.access() == access;
    }

    private Finding contradiction(KnownVolume volume, String path, String scratch, String shared) {
        return Finding.warning(
                name(),
                "SharedVolume " + volume.key(),
                "path %s is Scratch for role %s, an empty directory of each pod's own, and ReadWrite for role %s, which finds there what is in the source: neither sees the other's files"
                        .formatted(path, scratch, shared),
                "if %s is to pass files to %s there, set access: ReadWrite for both; else nothing"
                        .formatted(scratch, shared));
    }
}
