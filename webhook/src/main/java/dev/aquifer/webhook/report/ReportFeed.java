package dev.aquifer.webhook.report;

import java.util.Map;

/** What nodes report, summed up. */
@FunctionalInterface
public interface ReportFeed {
    /**
     * How each dataset is that a node has, by its id. Blocks.
     *
     * @throws ReportsUnavailable when what nodes say cannot be had now
     */
    Map<String, CacheState> look() throws ReportsUnavailable;
}
