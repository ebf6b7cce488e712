package dev.aquifer.webhook.binder.caching;

import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.report.ReportFeed;

/**
 * What the binder needs where nodes have agents that cache.
 *
 * @param origins what origins have in common
 * @param reports what the agents say
 */
public record NodeAgents(OriginSettings origins, ReportFeed reports) {}
