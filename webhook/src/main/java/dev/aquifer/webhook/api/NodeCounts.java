package dev.aquifer.webhook.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** On how many nodes a cached volume is how. */
public record NodeCounts(
        @JsonPropertyDescription("New pods get all of it at once.") @Min(0) int complete,

        @JsonPropertyDescription("Its first snapshot is on its way.") @Min(0) int filling,

        @JsonPropertyDescription("It cannot be filled before somebody does something: see condition Cached.") @Min(0) int failed,

        @JsonPropertyDescription("Only other nodes prefetch it, and no pod here has asked.") @Min(0) int unselected) {
    public static final NodeCounts NONE = new NodeCounts(0, 0, 0, 0);

    /** Such as "complete on 3 nodes, filling on 1". */
    public String sentence() {
        StringBuilder text =
                new StringBuilder("complete on %d %s".formatted(complete, complete == 1 ? "node" : "nodes"));
        if (filling > 0) {
            text.append(", filling on ").append(filling);
        }
        if (failed > 0) {
            text.append(", failed on ").append(failed);
        }
        return text.toString();
    }
}
