package dev.aquifer.webhook.binder.known;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WrittenTest {
    private final Map<String, Versioned<?>> known = new HashMap<>();
    private long now;
    private final Written written = new Written(() -> now);

    @Test
    void waitsUntilAWriteIsSeen() {
        written.note("uid", known::get, "a", object("10"));
        assertThat(written.isKnown("uid")).isFalse();
        assertThat(written.isKnown("another")).isTrue();

        known.put("a", new Versioned<>("9", "before"));
        assertThat(written.isKnown("uid")).isFalse();

        known.put("a", new Versioned<>("10", "after"));
        assertThat(written.isKnown("uid")).isTrue();
    }

    @Test
    void takesALaterVersionForTheWriteToo() {
        written.note("uid", known::get, "a", object("99"));
        known.put("a", new Versioned<>("100", "later"));
        assertThat(written.isKnown("uid")).isTrue();
    }

    @Test
    void waitsNoLongerForWhatHasGone() {
        written.note("uid", known::get, "a", object("10"));
        written.gone("uid", "a");
        assertThat(written.isKnown("uid")).isTrue();
    }

    @Test
    void waitsForNothingForEver() {
        written.note("uid", known::get, "a", object("10"));
        now = Duration.ofSeconds(6).toNanos();
        assertThat(written.isKnown("uid")).isTrue();
    }

    private static JsonNode object(String version) {
        var object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("resourceVersion", version);
        return object;
    }
}
