package dev.aquifer.webhook.paths;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** Where directories were found: what is known of them holds for that place and no other. */
public final class PathsPlace {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.USE_ANNOTATIONS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.NON_NULL))
            .build();

    private PathsPlace() {}

    /** A word that changes with the source, its subdirectory, and with whether the owner's word is taken for them. */
    public static String of(SharedVolumeSpec spec) {
        try {
            String place = JSON.writeValueAsString(spec.source()) + spec.makesDirectories();
            return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8))
                    .toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a source can be written as it was read", e);
        }
    }

    /** What is still known of directories that were found in a place. */
    public static Set<String> stillReady(SharedVolumeSpec spec, Set<String> ready, String place) {
        return place.equals(of(spec)) ? ready : Set.of();
    }
}
