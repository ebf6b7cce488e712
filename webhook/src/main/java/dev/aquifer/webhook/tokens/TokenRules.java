package dev.aquifer.webhook.tokens;

/**
 * What a path takes, and how it is counted.
 *
 * @param call what answers a POST, the only method
 * @param largestBody in bytes
 * @param metric the name of the counter, with the label {@code outcome}
 * @param description what the counter counts
 * @param given the value of that label for what is not refused
 */
public record TokenRules(TokenCall call, int largestBody, String metric, String description, String given) {}
