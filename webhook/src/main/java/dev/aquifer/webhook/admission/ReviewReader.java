package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.NameCache;

/**
 * Reads an AdmissionReview v1 in one pass over its bytes, without a tree of it. Deep nesting, a name that stands twice in
 * an object that matters and anything behind the review are refused. Safe for any number of threads.
 */
final class ReviewReader {
    private final NameCache names = new NameCache();

    /**
     * Reads the first bytes of an array as a question to this webhook.
     *
     * @throws MalformedReviewException when there is no uid to answer to, or the JSON breaks off or breaks the rules
     */
    Review read(Webhook webhook, byte[] bytes, int length) throws MalformedReviewException {
        try {
            return new ReviewPass(new JsonReader(bytes, length, names), webhook).read();
        } catch (MalformedJsonException e) {
            throw new MalformedReviewException("Expected an AdmissionReview in JSON: " + e.getMessage());
        }
    }
}
