package dev.aquifer.webhook.command.status;

import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.NodeCache.Held;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import dev.aquifer.webhook.command.output.Bar;
import dev.aquifer.webhook.command.output.Cell;
import dev.aquifer.webhook.command.output.Size;
import dev.aquifer.webhook.command.output.Table;
import dev.aquifer.webhook.command.output.Tone;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a status page shows of nodes' caches. */
final class NodeTables {
    private static final int MOST_NAMED = 3;

    private NodeTables() {}

    /** How full each is, and what comes. */
    static Table caches(List<NodeCache> all) {
        Table table = new Table("NODE", "AGENT", "COMPLETE", "REFUSED", "CACHE", "", "FETCHING", "");
        for (NodeCache cache : all) {
            Cell agent = cache.ready() ? new Cell("Ready", Tone.GOOD) : new Cell("NotReady", Tone.BAD);
            Stand stand = cache.stand();
            if (stand == null) {
                Cell nothing = Cell.of("-");
                Cell message = Cell.of(String.valueOf(cache.message()));
                table.row(Cell.of(cache.node()), agent, nothing, nothing, nothing, nothing, nothing, message);
            } else {
                table.row(
                        Cell.of(cache.node()),
                        agent,
                        Cell.of(Long.toString(stand.complete())),
                        new Cell(Long.toString(stand.refused()), stand.refused() > 0 ? Tone.BAD : Tone.PLAIN),
                        Cell.of(Bar.of(stand.cacheBytes(), stand.quotaBytes())),
                        Cell.of("of " + Size.of(stand.quotaBytes())),
                        Cell.of(stand.filling() == 0 ? "-" : Bar.of(stand.fillDoneBytes(), stand.fillBytes())),
                        Cell.of(stand.filling() == 0 ? "" : fill(stand)));
            }
        }
        return table;
    }

    private static String fill(Stand stand) {
        return "of %s, %s/s".formatted(Size.of(stand.fillBytes()), Size.of(stand.fillBytesPerSecond()));
    }

    /**
     * What there is of each dataset on each node.
     *
     * @param wide whether those too of which there is nothing to be said
     */
    static Table datasets(List<NodeCache> all, boolean wide) {
        Table table = new Table("NODE", "VOLUME", "STATE", "FILLED", "SIZE", "MESSAGE");
        for (NodeCache cache : all) {
            for (Held held : cache.datasets()) {
                if (wide || !held.isQuiet()) {
                    table.row(
                            Cell.of(cache.node()),
                            Cell.of(held.volume()),
                            new Cell(held.state(), tone(held)),
                            Cell.of(filled(held)),
                            Cell.of(Size.of(held.bytes())),
                            Cell.of(Objects.requireNonNullElse(held.message(), "")));
                }
            }
        }
        return table;
    }

    private static Tone tone(Held held) {
        if (held.message() != null) {
            return Tone.BAD;
        }
        return held.isReady() ? Tone.GOOD : Tone.PLAIN;
    }

    private static String filled(Held held) {
        if (held.isReady()) {
            return Bar.of(1);
        }
        return held.isFilling() ? Bar.of(held.percent(), 100) : "-";
    }

    /** Of agents that answer, but not for what they have: a sentence for each reason. */
    static List<String> unknown(List<NodeCache> all) {
        Map<String, String> nodes = all.stream()
                .filter(cache -> cache.stand() != null && cache.message() != null)
                .collect(Collectors.groupingBy(
                        cache -> String.valueOf(cache.message()),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(NodeCache::node, Collectors.toList()), NodeTables::some)));
        return nodes.entrySet().stream()
                .map(some -> "which datasets are on %s is not known: %s".formatted(some.getValue(), some.getKey()))
                .toList();
    }

    private static String some(List<String> nodes) {
        String named = String.join(", ", nodes.subList(0, Math.min(nodes.size(), MOST_NAMED)));
        int more = nodes.size() - MOST_NAMED;
        return "%s %s%s"
                .formatted(nodes.size() == 1 ? "node" : "nodes", named, more > 0 ? " and %d more".formatted(more) : "");
    }
}
