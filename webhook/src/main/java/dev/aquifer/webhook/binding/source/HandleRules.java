package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of all CSI drivers that somebody looked up. A driver without a rule is not shared. */
public record HandleRules(Map<String, HandleRule> drivers) {
    private static final String RESOURCE = "handle-rules.yaml";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public HandleRules {
        drivers = Map.copyOf(Objects.requireNonNull(drivers, "drivers: a map from driver to rule"));
    }

    /** The rules that come with the program. */
    public static HandleRules known() {
        try (InputStream file = HandleRules.class.getResourceAsStream(RESOURCE)) {
            return parse(new String(Objects.requireNonNull(file, RESOURCE).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads rules of the form {@code drivers: {NAME: {handle, location, within, withinOptions, requires, separator, readOnlyOption,
     * seLinux, reason, source}}}, as YAML or JSON.
     *
     * @throws IllegalArgumentException with a sentence, when the text has another form
     */
    public static HandleRules parse(String text) {
        try {
            return YAML.readValue(text, HandleRules.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected handle rules as 'drivers: {NAME: {handle: Replace|Suffix|Refuse|Same, location: [ATTRIBUTE], reason: TEXT}}', found: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** These and the other rules; for a driver of both, the other's. */
    public HandleRules and(HandleRules others) {
        Map<String, HandleRule> all = new HashMap<>(drivers);
        all.putAll(others.drivers);
        return new HandleRules(all);
    }

    public @Nullable HandleRule of(String driver) {
        return drivers.get(driver);
    }
}
