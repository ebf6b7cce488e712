package dev.aquifer.node.transfer;

import dev.aquifer.node.dataset.DatasetPath;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was left out of a snapshot for one reason.
 *
 * @param count how many
 * @param examples the first of them, at most {@value #MOST_EXAMPLES}
 */
public record LeftOut(LeftOutReason reason, long count, List<DatasetPath> examples) {
    public static final int MOST_EXAMPLES = 20;

    public LeftOut {
        examples = List.copyOf(examples);
        if (count < examples.size() || examples.size() > MOST_EXAMPLES) {
            throw new IllegalArgumentException(
                    "Expected at most %d examples of %d, found %d".formatted(MOST_EXAMPLES, count, examples.size()));
        }
    }

    /** Both together, for the same reason. */
    LeftOut plus(@Nullable LeftOut more) {
        return more == null
                ? this
                : new LeftOut(
                        reason,
                        count + more.count,
                        Stream.concat(examples.stream(), more.examples.stream())
                                .limit(MOST_EXAMPLES)
                                .toList());
    }
}
