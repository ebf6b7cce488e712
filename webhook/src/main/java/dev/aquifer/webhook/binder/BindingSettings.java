package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.caching.NodeAgents;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.workload.JobSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is bound, and how.
 *
 * @param acceptedByAdmin the owners that every namespace accepts, as admission is told them
 * @param jobs what the binder's Jobs have in common
 * @param agents null where there are no node agents
 */
public record BindingSettings(
        Served served,
        AcceptedOwners acceptedByAdmin,
        HandleRules rules,
        BindMode mode,
        JobSettings jobs,
        @Nullable NodeAgents agents) {}
