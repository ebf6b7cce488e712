package dev.aquifer.webhook.enrolment;

import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * What a path takes, and how it is counted.
 *
 * @param calls by method
 * @param largestBody in bytes
 * @param metric the name of the counter, with the label {@code outcome}
 * @param description what the counter counts
 * @param given the value of that label for what is not refused
 */
public record TokenRules(
        Map<HttpMethod, TokenCall> calls, int largestBody, String metric, String description, String given) {
    public TokenRules {
        calls = Map.copyOf(calls);
    }
}
