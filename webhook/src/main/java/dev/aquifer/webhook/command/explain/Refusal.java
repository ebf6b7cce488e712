package dev.aquifer.webhook.command.explain;

import dev.aquifer.webhook.rest.ApiException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pod's refusal, as the API server tells it.
 *
 * @param reason our admission's own, else {@code refused}: of another admission's nothing more is known
 * @param sentence without who says it
 */
record Refusal(String reason, String sentence) {
    private static final String ANOTHERS = "refused";
    /** As the API server writes it of webhooks, and of policies. */
    private static final Pattern DENIAL =
            Pattern.compile("(?:admission webhook \"(?<webhook>[^\"]*)\" denied the request|denied request): ");

    private static final String OURS = ".aquifer.dev";

    static Refusal of(ApiException refused) {
        String message = String.valueOf(refused.getMessage());
        Matcher denial = DENIAL.matcher(message);
        if (!denial.find()) {
            return new Refusal(ANOTHERS, message);
        }
        String webhook = denial.group("webhook");
        boolean ours = webhook != null
                && webhook.endsWith(OURS)
                && !refused.statusCause().isEmpty();
        return new Refusal(ours ? refused.statusCause() : ANOTHERS, message.substring(denial.end()));
    }
}
