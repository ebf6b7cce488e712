package dev.aquifer.node.origin.serve;

import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.transfer.InvalidMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request asks for.
 *
 * @param route method and path: the path alone where the method fits it
 */
record Target(String route, Map<String, String> parameters) {
    Target {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a request line (RFC 9112 section 3). */
    static Target parse(String line) throws InvalidMessage {
        var words = line.split(" ", -1);
        if (words.length != 3 || !words[2].equals("HTTP/1.1")) {
            throw new InvalidMessage("Expected 'METHOD path HTTP/1.1', found another request line");
        }
        int query = words[1].indexOf('?');
        var path = query < 0 ? words[1] : words[1].substring(0, query);
        var parameters = new HashMap<String, String>();
        if (query >= 0) {
            for (var pair : words[1].substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                parameters.put(equals < 0 ? pair : pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        boolean fits = words[0].equals(path.equals(dev.aquifer.node.transfer.Wire.SNAPSHOT) ? "GET" : "POST");
        return new Target(fits ? path : words[0] + " " + path, parameters);
    }

    @Nullable String parameter(String name) {
        return parameters.get(name);
    }

    /** The parameter {@code wait}, in whole seconds, or none. */
    Duration wait(Duration longest) {
        var text = parameters.getOrDefault("wait", "0");
        if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidListing("Expected wait in whole seconds, found another text");
        }
        var wait = Duration.ofSeconds(Long.parseLong(text));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
