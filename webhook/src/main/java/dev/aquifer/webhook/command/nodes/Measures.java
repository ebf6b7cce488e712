package dev.aquifer.webhook.command.nodes;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The measures of one program, as Prometheus' text format has them (v0.0.4): each by its name with its labels. */
public final class Measures {
    /** Label values of ours have no spaces. */
    private static final Pattern MEASURE = Pattern.compile("([^# ]\\S*) ([0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)");

    private final Map<String, Double> values = new HashMap<>();

    private Measures() {}

    /** Where the API server passes on what a pod measures. */
    public static String path(String namespace, String pod, int port) {
        return "/api/v1/namespaces/%s/pods/%s:%d/proxy/metrics".formatted(namespace, pod, port);
    }

    /** Reads them; lines that are none are passed over, as are those that are not a number. */
    public static Measures parse(String text) {
        Measures measures = new Measures();
        text.lines().map(MEASURE::matcher).filter(Matcher::matches).forEach(measures::take);
        return measures;
    }

    private void take(Matcher line) {
        values.put(line.group(1), Double.parseDouble(line.group(2)));
    }

    /** Whether it is there, and a number. */
    public boolean has(String measure) {
        return values.containsKey(measure);
    }

    /** 0 where it is not there. */
    public long of(String measure) {
        return values.getOrDefault(measure, 0.0).longValue();
    }
}
