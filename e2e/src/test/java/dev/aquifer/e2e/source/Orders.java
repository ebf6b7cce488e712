package dev.aquifer.e2e.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A few orders of several things that stand for all of them: any three things come in each of their six orders somewhere, and
 * any two in both orders within the first two. The same seed has the same orders.
 *
 * @param all orders, the most telling first
 */
record Orders<T>(List<List<T>> all) {
    /** The more are looked at, the fewer orders are needed. */
    private static final int CANDIDATES = 300;

    Orders {
        all = all.stream().map(List::copyOf).toList();
    }

    static <T> Orders<T> of(List<T> things, long seed) {
        Random random = new Random(seed);
        List<List<T>> orders = new ArrayList<>();
        List<T> first = shuffled(things, random);
        orders.add(first);
        orders.add(first.reversed());
        Set<List<T>> seen = new HashSet<>();
        orders.forEach(order -> seen.addAll(triples(order)));
        int wanted = things.size() * (things.size() - 1) * (things.size() - 2);
        while (seen.size() < wanted) {
            List<T> next = Stream.generate(() -> shuffled(things, random))
                    .limit(CANDIDATES)
                    .max(Comparator.comparingLong(order -> triples(order).stream()
                            .filter(triple -> !seen.contains(triple))
                            .count()))
                    .orElseThrow();
            seen.addAll(triples(next));
            orders.add(next);
        }
        return new Orders<>(orders);
    }

    private static <T> List<T> shuffled(List<T> things, Random random) {
        List<T> order = new ArrayList<>(things);
        Collections.shuffle(order, random);
        return order;
    }

    /** Any three of them, as they come. */
    static <T> Set<List<T>> triples(List<T> order) {
        Set<List<T>> triples = new HashSet<>();
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                for (int k = j + 1; k < order.size(); k++) {
                    triples.add(List.of(order.get(i), order.get(j), order.get(k)));
                }
            }
        }
        return triples;
    }
}
