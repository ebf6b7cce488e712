package dev.aquifer.webhook.binding.objects;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace's LimitRanges allow a claim to ask for, in bytes.
 *
 * @param min the largest of their minima; null without
 * @param max the smallest of their maxima; null without
 */
public record StorageLimits(
        @Nullable BigDecimal min, @Nullable BigDecimal max) {
    /** Nothing is limited. */
    public static final StorageLimits NONE = new StorageLimits(null, null);

    /** What a pair states where no LimitRange wants more or less. */
    public static final String NOMINAL = "1Gi";

    private static final BigDecimal GIBI = BigDecimal.TWO.pow(30);

    /** The size that a pair states, since it must state one: never the source's, or kubelet might try to grow that. */
    public String nominal() {
        if (max != null && GIBI.compareTo(max) > 0) {
            return max.toBigInteger().toString();
        }
        if (min != null && GIBI.compareTo(min) < 0) {
            return min.toBigInteger().toString();
        }
        return NOMINAL;
    }
}
