package dev.aquifer.e2e.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class OrdersTest {
    private static final List<Integer> THINGS = List.of(1, 2, 3, 4, 5, 6, 7);

    private final Orders<Integer> orders = Orders.of(THINGS, 7);

    @Test
    void haveAnyThreeThingsInEachOfTheirOrders() {
        Set<List<Integer>> triples = orders.all().stream()
                .flatMap(order -> Orders.triples(order).stream())
                .collect(Collectors.toSet());

        assertThat(triples).hasSize(7 * 6 * 5);
        assertThat(orders.all())
                .hasSizeLessThan(16)
                .allSatisfy(order -> assertThat(order).containsExactlyInAnyOrderElementsOf(THINGS));
    }

    @Test
    void haveAnyTwoThingsInBothOrdersAtOnce() {
        assertThat(orders.all().get(1)).isEqualTo(orders.all().getFirst().reversed());
    }
}
