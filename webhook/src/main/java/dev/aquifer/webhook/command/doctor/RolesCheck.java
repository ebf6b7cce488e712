package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Objects;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether one role writes where another has an empty directory of its own: what the one is to find there, the other
 * never puts there.
 */
public record RolesCheck(Objects objects) implements Check {
    private record Rule(String role, String path, String access) {}

    @Override
    public String name() {
        return "roles";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode volume : objects.all(Kind.SHARED_VOLUME)) {
            List<Rule> rules = rules(volume);
            for (Rule scratch : rules) {
                for (Rule shared : rules) {
                    if (scratch.access().equals("Scratch") && writes(shared, rules, scratch)) {
                        findings.add(contradiction(volume, scratch, shared));
                    }
                }
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok(name(), "all roles", "none contradicts another")) : findings;
    }

    /** Whether the other role has the same directory of the source, writable. */
    private static boolean writes(Rule shared, List<Rule> rules, Rule scratch) {
        if (shared.role().equals(scratch.role()) || !shared.access().equals("ReadWrite")) {
            return false;
        }
        if (shared.path().equals(scratch.path())) {
            return true;
        }
        boolean above = shared.path().equals("/") || scratch.path().startsWith(shared.path() + "/");
        return above
                && rules.stream()
                        .noneMatch(rule ->
                                rule.role().equals(shared.role()) && rule.path().equals(scratch.path()));
    }

    private static List<Rule> rules(JsonNode volume) {
        List<Rule> rules = new ArrayList<>();
        for (JsonNode role : volume.at("/spec/roles")) {
            for (JsonNode path : role.path("paths")) {
                rules.add(new Rule(
                        role.path("name").asText(),
                        path.path("path").asText(),
                        path.path("access").asText()));
            }
        }
        return rules;
    }

    private Finding contradiction(JsonNode volume, Rule scratch, Rule shared) {
        return Finding.warning(
                name(),
                "SharedVolume " + Names.of(volume),
                "path %s is Scratch for role %s, an empty directory of each pod's own, and ReadWrite for role %s, which finds there what is in the source: neither sees the other's files"
                        .formatted(scratch.path(), scratch.role(), shared.role()),
                "if %s is to pass files to %s there, set access: ReadWrite for both; else nothing"
                        .formatted(scratch.role(), shared.role()));
    }
}
