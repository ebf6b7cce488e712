package dev.aquifer.webhook.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The books of all replicas of admission, as far as they were read. A node reports now to one and now to another: what it
 * said last counts.
 */
final class GatheredReports {
    /** Longer than two of an agent's reports that did not arrive. */
    private static final Duration SILENT = Duration.ofSeconds(150);

    private final Map<String, Book> books = new HashMap<>();
    private Instant complete = Instant.MIN;

    /** One replica's, up to a change of this number. */
    private static final class Book {
        private final Map<String, Heard> nodes = new HashMap<>();
        private long sequence;
    }

    /** What a node said, and when. */
    private record Heard(NodeReport report, Instant at) {}

    /** The question that has a replica answer with what is new, where this was its book before. */
    JsonObject question(String book) {
        Book known = books.get(book);
        return known == null
                ? new JsonObject()
                : new JsonObject().put("book", book).put("sequence", known.sequence);
    }

    /**
     * Takes a replica's answer.
     *
     * @return its book
     * @throws IllegalArgumentException if it is none
     */
    String take(JsonObject answer, Instant now) {
        try {
            String id = answer.getString("book", "");
            Book book = books.computeIfAbsent(id, _ -> new Book());
            JsonArray nodes = answer.getJsonArray("nodes", new JsonArray());
            Set<String> named = new HashSet<>();
            for (int i = 0; i < nodes.size(); i++) {
                named.add(take(book, nodes.getJsonObject(i), now));
            }
            book.nodes.keySet().retainAll(named);
            book.sequence = answer.getLong("sequence", 0L);
            return id;
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("Expected a book of reports, found another text", e);
        }
    }

    private static String take(Book book, JsonObject shown, Instant now) {
        String node = shown.getString("node", "");
        Instant at = now.minusMillis(shown.getLong("ageMillis", 0L));
        JsonObject report = shown.getJsonObject("report");
        Heard before = book.nodes.get(node);
        if (report != null) {
            book.nodes.put(node, new Heard(NodeReport.parse(report), at));
        } else if (before != null) {
            book.nodes.put(node, new Heard(before.report, at));
        }
        return node;
    }

    /**
     * All replicas have answered: nodes that have said nothing for a while count no more. They stay in their books, which
     * say nothing new of one that repeats itself; a book of such nodes alone is read anew as a whole.
     */
    void forget(Instant now) {
        complete = now;
        books.values().removeIf(book -> book.nodes.values().stream().allMatch(this::isSilent));
    }

    private boolean isSilent(Heard heard) {
        return heard.at.plus(SILENT).isBefore(complete);
    }

    /** How each dataset is that a node has. */
    Map<String, CacheState> states(Instant now) {
        Map<String, Heard> newest = new HashMap<>();
        books.values()
                .forEach(book -> book.nodes.forEach((node, heard) ->
                        newest.merge(node, heard, (one, other) -> one.at.isBefore(other.at) ? other : one)));
        newest.values().removeIf(this::isSilent);
        Map<String, Map<String, DatasetReport>> datasets = new HashMap<>();
        newest.forEach((node, heard) -> heard.report
                .datasets()
                .forEach(dataset -> datasets.computeIfAbsent(dataset.id(), _ -> new HashMap<>())
                        .put(node, dataset)));
        Map<String, CacheState> states = new TreeMap<>();
        datasets.forEach((id, nodes) -> states.put(id, new CacheSummary(nodes, now).state()));
        return states;
    }
}
