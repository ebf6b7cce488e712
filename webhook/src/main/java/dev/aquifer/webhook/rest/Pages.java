package dev.aquifer.webhook.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.rest.Exchange.Answer;
import dev.aquifer.webhook.rest.Exchange.Reader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One list, taken page by page. Where the API server no longer knows the state that a list began with, the list goes on in
 * the present one, from the same object, so that no object comes twice.
 */
final class Pages {
    private static final String START = "";
    private static final int GONE = 410;
    /** So often the state may be forgotten with no page taken in between. */
    private static final int FORGOTTEN = 3;

    private final Source source;
    private final Reader reader;
    private final PageSize size = new PageSize();
    private int forgotten;

    /** Asks for a page, again where the API server has no time for it. */
    @FunctionalInterface
    interface Source {
        Answer ask(String path, int longest, Reader reader);
    }

    /** @param item takes each object once */
    Pages(Source source, Consumer<JsonNode> item) {
        this.source = source;
        this.reader = new ItemReader(item);
    }

    /**
     * Takes all; of a kind that the API server does not have there is nothing.
     *
     * @throws ApiException when it is refused, or a page does not come
     */
    void take(String collection) {
        String limit = collection + (collection.contains("?") ? "&" : "?") + "limit=";
        String from = START;
        do {
            String page = limit + size.limit() + (from.equals(START) ? "" : "&continue=" + from);
            from = after(source.ask(page, size.longest(), reader), from);
        } while (from != null);
    }

    /** From where the list goes on; null where it has ended. */
    private @Nullable String after(Answer page, String from) {
        ApiException failure = page.failure();
        String next = page.body().path("metadata").path("continue").asText();
        if (failure == null) {
            if (page.body().isMissingNode()) {
                throw new ApiException(ApiException.NONE, "a page of the list is no JSON");
            }
            size.took(page.length());
            forgotten = 0;
            return next.isEmpty() ? null : next;
        }
        if (failure.isNotFound()) {
            return null;
        }
        if (failure.code() == ApiException.TOO_LONG && size.halve()) {
            return from;
        }
        if (failure.code() == GONE && !next.isEmpty() && forgotten < FORGOTTEN) {
            forgotten++;
            return next;
        }
        throw failure;
    }
}
