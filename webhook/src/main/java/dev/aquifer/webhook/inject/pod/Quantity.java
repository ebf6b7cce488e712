package dev.aquifer.webhook.inject.pod;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity (apimachinery resource.Quantity): equal when the amount is, since the API server rewrites
 * {@code 1024Mi} as {@code 1Gi}. A text that is no quantity, or longer than any that the API server writes, equals only
 * itself.
 */
public record Quantity(String text) {
    private static final Pattern FORM = Pattern.compile("([+-]?[0-9.]+)(?:[eE]([+-]?[0-9]+)|([numkMGTPE]|[KMGTPE]i)?)");
    /** Numbers take quadratic time to read, and a pod may hold a megabyte of digits. */
    private static final int LONGEST = 64;

    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", BigDecimal.valueOf(1, 9)),
            Map.entry("u", BigDecimal.valueOf(1, 6)),
            Map.entry("m", BigDecimal.valueOf(1, 3)),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", BigDecimal.TWO.pow(10)),
            Map.entry("Mi", BigDecimal.TWO.pow(20)),
            Map.entry("Gi", BigDecimal.TWO.pow(30)),
            Map.entry("Ti", BigDecimal.TWO.pow(40)),
            Map.entry("Pi", BigDecimal.TWO.pow(50)),
            Map.entry("Ei", BigDecimal.TWO.pow(60)));

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && (text.equals(quantity.text) || amount().equals(quantity.amount()));
    }

    @Override
    public int hashCode() {
        return amount().hashCode();
    }

    private Object amount() {
        if (text.length() > LONGEST) {
            return text;
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        try {
            BigDecimal amount = new BigDecimal(matcher.group(1));
            if (matcher.group(2) != null) {
                amount = amount.scaleByPowerOfTen(Integer.parseInt(matcher.group(2)));
            } else if (matcher.group(3) != null) {
                amount = amount.multiply(SUFFIXES.get(matcher.group(3)));
            }
            return amount.stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
            return text;
        }
    }
}
