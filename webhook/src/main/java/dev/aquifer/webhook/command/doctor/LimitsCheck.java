package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binding.objects.StorageLimits;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether quotas of tenants leave room for the claims that the binder makes there. */
record LimitsCheck(KubernetesObjects objects) implements Check {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final BigDecimal SIZE = Quantity.getAmountInBytes(new Quantity(StorageLimits.NOMINAL));

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public List<Finding> run() {
        Set<String> tenants = ServedNamespaces.of(objects).labelled(objects).stream()
                .map(Names::of)
                .collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        for (JsonNode quota : objects.all(Kind.QUOTA)) {
            if (tenants.contains(quota.at("/metadata/namespace").asText())) {
                judge(quota, findings);
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok(name(), "quotas", "none of a labelled namespace is used up"))
                : findings;
    }

    private void judge(JsonNode quota, List<Finding> findings) {
        for (String resource : List.of(CLAIMS, "count/" + CLAIMS)) {
            Allowance claims = Allowance.of(quota, resource);
            if (claims != null && claims.lacks(BigDecimal.ONE)) {
                findings.add(full(quota, resource, claims));
            }
        }
        Allowance storage = Allowance.of(quota, STORAGE);
        if (storage != null && storage.lacks(SIZE)) {
            findings.add(noRoom(quota, storage));
        }
    }

    private Finding noRoom(JsonNode quota, Allowance storage) {
        return Finding.warning(
                name(),
                "ResourceQuota " + Names.of(quota),
                "expected room for a claim of %s, the size that claims of volumes state, found %s of %s %s in use"
                        .formatted(StorageLimits.NOMINAL, storage.used(), storage.limit(), STORAGE),
                "raise %s by %s for each shared volume that the namespace is to get"
                        .formatted(STORAGE, StorageLimits.NOMINAL));
    }

    private Finding full(JsonNode quota, String resource, Allowance claims) {
        return Finding.warning(
                name(),
                "ResourceQuota " + Names.of(quota),
                "expected room for the claims of further volumes, found %s of %s %s in use"
                        .formatted(claims.used(), claims.limit(), resource),
                "raise %s by one for each shared volume that the namespace is to get".formatted(resource));
    }
}
