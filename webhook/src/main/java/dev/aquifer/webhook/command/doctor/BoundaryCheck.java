package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.NamespaceGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where roles keep nobody out, whatever they look like: between the service accounts of one namespace, and from a claim that
 * pods can name themselves.
 */
record BoundaryCheck(KubernetesObjects objects) implements Check {
    @Override
    public String name() {
        return "boundary";
    }

    @Override
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        List<String> byAccount = new ArrayList<>();
        for (JsonNode volume : objects.all(Kind.SHARED_VOLUME)) {
            KnownVolume known = SharedVolumes.known(volume);
            if (known == null) {
                continue;
            }
            if (isOpenToItsOwner(known)) {
                findings.add(open(known));
            }
            if (isByAccount(known)) {
                byAccount.add(known.key());
            }
        }
        findings.add(
                Finding.ok(
                        name(),
                        byAccount.isEmpty() ? "SharedVolumes" : "SharedVolumes " + String.join(", ", byAccount),
                        "the boundary is the namespace: whoever creates pods there may use any of its service accounts, and so has all roles that are granted there"));
        return findings;
    }

    private static boolean isByAccount(KnownVolume volume) {
        List<Grant> access = volume.spec().access();
        return access != null
                && access.stream()
                        .map(Grant::serviceAccounts)
                        .anyMatch(accounts -> accounts != null && !accounts.isEmpty());
    }

    /** Whether pods beside the source have roles that keep something from them, and could mount the source itself. */
    private boolean isOpenToItsOwner(KnownVolume volume) {
        return volume.spec().source().persistentVolumeClaim() != null
                && !Boolean.TRUE.equals(volume.spec().guardSource())
                && NamespaceGrants.of(volume)
                        .roles(volume.owner(), Names.labels(objects.find(Kind.NAMESPACE, "", volume.owner())))
                        .stream()
                        .flatMap(role -> role.paths().stream())
                        .anyMatch(rule -> rule.access() != Access.ReadWrite);
    }

    private Finding open(KnownVolume volume) {
        return Finding.warning(
                name(),
                "SharedVolume " + volume.key(),
                "in its own namespace %s roles prevent accidents only: whoever creates pods there can mount claim %s itself, with all that roles hide and protect"
                        .formatted(
                                volume.owner(),
                                Objects.requireNonNull(volume.spec().source().persistentVolumeClaim())
                                        .claimName()),
                "set guardSource: true, if that is to be prevented; else nothing");
    }
}
