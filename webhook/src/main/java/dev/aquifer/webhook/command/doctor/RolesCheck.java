package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.Objects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether one role writes where another has an empty directory of its own: what the one is to find there, the other
 * never puts there.
 */
public record RolesCheck(Objects objects) implements Check {
    private static final String ROOT = "/";

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
            Set<String> roles = rules.stream().map(Rule::role).collect(Collectors.toCollection(LinkedHashSet::new));
            for (String scratch : roles) {
                for (String shared : roles) {
                    contradictions(rules, scratch, shared)
                            .forEach(path -> findings.add(contradiction(volume, path, scratch, shared)));
                }
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok(name(), "all roles", "none contradicts another")) : findings;
    }

    /** The topmost paths at which the one role has a directory of its own, and the other that of the source, writable. */
    private static List<String> contradictions(List<Rule> rules, String scratch, String shared) {
        List<String> found = new ArrayList<>();
        rules.stream()
                .filter(rule -> rule.role().equals(scratch) || rule.role().equals(shared))
                .map(Rule::path)
                .distinct()
                .sorted()
                .filter(path -> access(rules, scratch, path).equals("Scratch")
                        && access(rules, shared, path).equals("ReadWrite"))
                .filter(path -> found.stream().noneMatch(above -> contains(above, path)))
                .forEach(found::add);
        return found;
    }

    /** What a role may do at a path: that of its nearest rule at or above it; empty where it has none. */
    private static String access(List<Rule> rules, String role, String path) {
        return rules.stream()
                .filter(rule -> rule.role().equals(role) && contains(rule.path(), path))
                .max(Comparator.comparingInt(
                        rule -> rule.path().equals(ROOT) ? 0 : rule.path().length()))
                .map(Rule::access)
                .orElse("");
    }

    private static boolean contains(String above, String path) {
        return above.equals(ROOT) || path.equals(above) || path.startsWith(above + "/");
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

    private Finding contradiction(JsonNode volume, String path, String scratch, String shared) {
        return Finding.warning(
                name(),
                "SharedVolume " + Names.of(volume),
                "path %s is Scratch for role %s, an empty directory of each pod's own, and ReadWrite for role %s, which finds there what is in the source: neither sees the other's files"
                        .formatted(path, scratch, shared),
                "if %s is to pass files to %s there, set access: ReadWrite for both; else nothing"
                        .formatted(scratch, shared));
    }
}
