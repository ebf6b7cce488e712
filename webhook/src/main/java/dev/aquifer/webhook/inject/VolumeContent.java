package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a volume of a pod holds, as far as injection tells volumes apart. */
sealed interface VolumeContent {

    /** A persistentVolumeClaim. */
    record Claim(String claimName, boolean readOnly) implements VolumeContent {}

    /** An emptyDir on the node's own disk; no limit when null. */
    record EmptyDir(@Nullable Quantity sizeLimit) implements VolumeContent {}

    /** Anything else. */
    record Other() implements VolumeContent {}

    /** Writes the member of a pod's volume (core/v1 VolumeSource) that stands for this content. */
    default void write(JsonGenerator json) throws IOException {
        switch (this) {
            case Claim claim -> {
                json.writeObjectFieldStart("persistentVolumeClaim");
                json.writeStringField("claimName", claim.claimName());
                if (claim.readOnly()) {
                    json.writeBooleanField("readOnly", true);
                }
                json.writeEndObject();
            }
            case EmptyDir directory -> {
                json.writeObjectFieldStart("emptyDir");
                if (directory.sizeLimit() != null) {
                    json.writeStringField("sizeLimit", directory.sizeLimit().text());
                }
                json.writeEndObject();
            }
            case Other other -> throw new IllegalStateException("only volumes of ours are written, not " + other);
        }
    }
}
