package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Whether a SharedVolume of a file has fields and values that there are: what the API server would say of them. */
final class Spelling {
    private static final JsonMapper STRICT = JsonMapper.builder().build();

    private Spelling() {}

    /** @throws IllegalArgumentException with the first field that is not known, or whose value is not, and those that are */
    static void check(String file, JsonNode volume) {
        try {
            STRICT.treeToValue(volume.path("spec"), SharedVolumeSpec.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "%s: SharedVolume %s: expected in %s one of %s, found '%s'"
                            .formatted(
                                    file,
                                    Names.of(volume),
                                    path(e.getPath().subList(0, e.getPath().size() - 1)),
                                    list(e.getKnownPropertyIds()),
                                    e.getPropertyName()),
                    e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException(
                    "%s: SharedVolume %s: expected %s as %s, found %s"
                            .formatted(
                                    file,
                                    Names.of(volume),
                                    form(e.getTargetType()),
                                    path(e.getPath()),
                                    found(volume.path("spec"), e.getPath())),
                    e);
        } catch (JsonProcessingException incomplete) {
            // what is missing in it is said where it is read
            return;
        }
    }

    private static String form(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + list(Arrays.asList(type.getEnumConstants()));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == String.class ? "a text" : "an object";
    }

    private static String found(JsonNode spec, List<Reference> references) {
        JsonNode found = spec;
        for (Reference reference : references) {
            found = reference.getFieldName() == null
                    ? found.path(reference.getIndex())
                    : found.path(reference.getFieldName());
        }
        if (found.isValueNode()) {
            return "'" + found.asText() + "'";
        }
        return found.isArray() ? "a list" : "an object";
    }

    private static String list(Collection<?> names) {
        return names.stream().map(Objects::toString).sorted().collect(Collectors.joining(", "));
    }

    private static String path(List<Reference> references) {
        StringBuilder path = new StringBuilder("spec");
        for (Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append('.').append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
