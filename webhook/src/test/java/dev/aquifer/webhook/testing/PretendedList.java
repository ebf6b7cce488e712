package dev.aquifer.webhook.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A collection that is given out in pages, as an API server does, and what was asked for of it. */
public final class PretendedList implements HttpHandler {
    private static final Pattern NUMBER = Pattern.compile("(limit|continue)=([0-9]+)");

    private final String kind;
    private final int objects;
    private final IntFunction<String> object;
    private final List<Integer> limits = new CopyOnWriteArrayList<>();
    private final List<Integer> sent = new CopyOnWriteArrayList<>();
    private int gone;
    private String goesOnAt = "";

    /**
     * One of so many objects.
     *
     * @param kind such as PodList
     * @param object the JSON of each
     */
    public PretendedList(String kind, int objects, IntFunction<String> object) {
        this.kind = kind;
        this.objects = objects;
        this.object = object;
    }

    /** So many requests for a page behind the first are told that the state of the list is forgotten, and where to go on. */
    public void forget(int times, String at) {
        gone = times;
        goesOnAt = at;
    }

    /** How many objects each request has asked for. */
    public List<Integer> limits() {
        return limits;
    }

    /** The bytes of each page that were sent, those in the buffers of both ends too. */
    public List<Integer> sent() {
        return sent;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int limit = number("limit", query);
        int from = number("continue", query);
        limits.add(limit);
        if (from > 0 && gone-- > 0) {
            PretendedApiServer.answer(
                    exchange, 410, "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"%s\"}}".formatted(goesOnAt));
            return;
        }
        page(exchange, from, Math.min(objects, from + limit));
    }

    private void page(HttpExchange exchange, int from, int end) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        int bytes = 0;
        try (OutputStream body = exchange.getResponseBody()) {
            bytes += write(
                    body,
                    "{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"%s},\"items\":["
                            .formatted(kind, end == objects ? "" : ",\"continue\":\"" + end + "\""));
            for (int at = from; at < end; at++) {
                bytes += write(body, (at == from ? "" : ",") + object.apply(at));
            }
            bytes += write(body, "]}");
        } catch (IOException _) {
            // the other end has enough
        } finally {
            sent.add(bytes);
        }
    }

    private static int write(OutputStream body, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        body.write(bytes);
        return bytes.length;
    }

    private static int number(String name, String query) {
        Matcher matcher = NUMBER.matcher(query);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Integer.parseInt(matcher.group(2));
            }
        }
        return 0;
    }
}
