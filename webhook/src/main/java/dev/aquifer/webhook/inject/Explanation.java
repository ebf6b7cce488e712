package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import dev.aquifer.webhook.inject.RoleMounts.Mount;
import dev.aquifer.webhook.inject.pod.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision with all that is behind it, for people to read.
 *
 * @param granted the volumes that the pod gets, and in which roles
 * @param refused the volumes that it asks for or that select it, and does not get
 */
public record Explanation(
        Decision decision, List<Granted> granted, List<Refused> refused, List<ContainerSights> containers) {

    static Explanation of(Outcome outcome) {
        Plan plan = outcome.plan();
        List<Granted> granted = new ArrayList<>();
        List<ContainerSights> containers = new ArrayList<>();
        if (plan != null) {
            for (Injection injection : plan.injections()) {
                granted.add(
                        new Granted(injection.role().volume(), injection.role().definition()));
            }
            plan.containers().forEach(container -> containers.add(sights(container)));
        }
        return new Explanation(outcome.decision(), granted, outcome.refused(), containers);
    }

    private static ContainerSights sights(ContainerPlan plan) {
        List<Sight> sights = new ArrayList<>();
        for (Injection injection : plan.share().injections()) {
            for (Mount mount : injection.role().mounts()) {
                sights.add(sight(injection, mount));
            }
        }
        return new ContainerSights(plan.container().name(), sights);
    }

    private static Sight sight(Injection injection, Mount mount) {
        @Nullable String claim = switch (mount.access()) {
            case ReadOnly, ReadWrite -> injection.claims().of(mount);
            case Scratch, Hidden -> null;
        };
        Quantity limit = mount.sizeLimit();
        return new Sight(
                mount.mountPath().value(),
                mount.access(),
                injection.key(),
                injection.role().role(),
                claim,
                mount.sourcePath(),
                limit == null ? null : limit.text(),
                mount.cached());
    }
}
