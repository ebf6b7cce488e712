package dev.aquifer.webhook.report;

import dev.aquifer.webhook.tokens.Answer;
import dev.aquifer.webhook.tokens.Answer.Given;
import dev.aquifer.webhook.tokens.Answer.Refused;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.Holder;
import dev.aquifer.webhook.tokens.Naming;
import dev.aquifer.webhook.tokens.RefusalReason;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/** Who may write into the book, and who may read it: a node's agent what it says of its own node, and the binder all. */
final class ReportCalls {
    private final Callers callers;
    private final ReportBook book;
    private final NodeLabels labels;

    ReportCalls(Callers callers, ReportBook book, NodeLabels labels) {
        this.callers = callers;
        this.book = book;
        this.labels = labels;
    }

    /** @param body the report */
    Answer report(String token, Supplier<String> body) {
        return switch (callers.of(token)) {
            case Naming.Unknown(Refused refusal) -> refusal;
            case Naming.Known(Holder.Node(String node)) -> take(node, body.get());
            case Naming.Known(Holder.Origin _), Naming.Known(Holder.Binder _) ->
                notEntitled("Expected a token of a node agent, found another; only they report");
        };
    }

    private Answer take(String node, String body) {
        try {
            JsonObject report = NodeReport.read(body);
            book.put(node, report);
            return new Given(NodeReport.asksForLabels(report) ? labels(node) : new JsonObject());
        } catch (IllegalArgumentException e) {
            return new Refused(RefusalReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private JsonObject labels(String node) {
        Map<String, String> found = labels.of(node);
        return found == null ? new JsonObject() : new JsonObject().put("labels", found);
    }

    /** @param body which book was read before, and up to where; empty for none */
    Answer read(String token, Supplier<String> body) {
        return switch (callers.of(token)) {
            case Naming.Unknown(Refused refusal) -> refusal;
            case Naming.Known(Holder.Binder _) -> read(body.get());
            case Naming.Known(Holder.Origin _), Naming.Known(Holder.Node _) ->
                notEntitled("Expected a token of the binder, found another; only it reads what nodes report");
        };
    }

    private Answer read(String body) {
        try {
            JsonObject before = body.isEmpty() ? new JsonObject() : new JsonObject(body);
            return new Given(book.read(before.getString("book"), before.getLong("sequence", 0L)));
        } catch (RuntimeException e) {
            return new Refused(RefusalReason.MALFORMED, "Expected up to where the book was read, found another text");
        }
    }

    private static Refused notEntitled(String message) {
        return new Refused(RefusalReason.NOT_ENTITLED, message);
    }
}
