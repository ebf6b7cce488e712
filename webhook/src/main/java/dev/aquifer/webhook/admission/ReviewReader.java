package dev.aquifer.webhook.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AdmissionReview v1 in one pass over its bytes, without a tree of it. Deep nesting, a name that stands twice in
 * an object that matters and anything behind the review are refused. Safe for any number of threads.
 */
final class ReviewReader {
    /** Far more than a pod has with its managedFields, far less than a stack. */
    private static final int NESTING = 200;
    /** More than the whole object that etcd takes (1.5 MiB), and so little that no text fills the memory. */
    private static final int STRING = 4 << 20;

    private final JsonFactory json = factory().build();
    /** For bodies that can hold so many names that a table of them would fill the memory. */
    private final JsonFactory withoutNameTable =
            factory().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    /**
     * Reads the first bytes of an array.
     *
     * @throws MalformedReviewException when there is no uid to answer to, or the JSON breaks off or breaks the rules
     */
    Review read(byte[] bytes, int length) throws MalformedReviewException {
        JsonFactory factory = length < Body.HUGE ? json : withoutNameTable;
        try (JsonParser parser = factory.createParser(bytes, 0, length)) {
            return new ReviewPass(parser).read();
        } catch (JsonProcessingException e) {
            throw new MalformedReviewException("Expected an AdmissionReview in JSON, found %s: %s"
                    .formatted(place(e.getLocation()), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedReviewException(
                    "Expected an AdmissionReview in JSON (UTF-8), found bytes that are not: " + e.getMessage());
        }
    }

    private static String place(@Nullable JsonLocation location) {
        if (location == null) {
            return "at its beginning";
        }
        // who reads without a table of names counts characters
        return location.getByteOffset() < 0
                ? "at character " + location.getCharOffset()
                : "at byte " + location.getByteOffset();
    }

    private static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder()
                // names come from tenants: interning them would fill a table that the whole program shares
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING)
                        .maxStringLength(STRING)
                        .maxNameLength(STRING)
                        .build());
    }
}
