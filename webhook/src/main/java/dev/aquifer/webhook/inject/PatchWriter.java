package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON Patch (RFC 6902) that changes a pod and nothing else of it: what is there already is not written again,
 * arrays that are missing are made.
 */
final class PatchWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] EMPTY = {};
    private static final String ANNOTATION_POINTER = "/metadata/annotations/" + Answer.KEY.replace("/", "~1");

    private final Pod pod;
    private final boolean recursiveReadOnly;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final JsonGenerator json;
    private boolean empty = true;

    private PatchWriter(Pod pod, boolean recursiveReadOnly) throws IOException {
        this.pod = pod;
        this.recursiveReadOnly = recursiveReadOnly;
        this.json = JSON.createGenerator(bytes);
    }

    /** The patch that brings the plan's volumes and the answer; empty when the pod has both. */
    static byte[] bring(Pod pod, Plan plan, String answer, boolean recursiveReadOnly) {
        return write(pod, recursiveReadOnly, writer -> {
            writer.annotate(answer);
            writer.append("/spec/volumes", pod.hasVolumes(), plan.added(), writer::volume);
            for (ContainerPlan container : plan.containers()) {
                writer.append(
                        container.container().pointer() + "/volumeMounts",
                        container.container().hasMounts(),
                        container.missing(),
                        writer::mount);
            }
        });
    }

    /** The patch that leaves the pod with this answer, or, when it is null, with none: a forged one goes. */
    static byte[] answer(Pod pod, @Nullable String answer) {
        return write(pod, false, writer -> {
            if (answer != null) {
                writer.annotate(answer);
            } else if (pod.annotation(Answer.KEY) != null) {
                writer.operation("remove", ANNOTATION_POINTER);
                writer.json.writeEndObject();
            }
        });
    }

    @FunctionalInterface
    private interface Operations {
        void write(PatchWriter writer) throws IOException;
    }

    @FunctionalInterface
    private interface ItemWriter<T> {
        void write(T item) throws IOException;
    }

    private static byte[] write(Pod pod, boolean recursiveReadOnly, Operations operations) {
        try {
            PatchWriter writer = new PatchWriter(pod, recursiveReadOnly);
            writer.json.writeStartArray();
            operations.write(writer);
            writer.json.writeEndArray();
            writer.json.close();
            return writer.empty ? EMPTY : writer.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void annotate(String answer) throws IOException {
        if (answer.equals(pod.annotation(Answer.KEY))) {
            return;
        }
        if (pod.hasAnnotations()) {
            add(ANNOTATION_POINTER);
            json.writeString(answer);
        } else {
            add(pod.hasMetadata() ? "/metadata/annotations" : "/metadata");
            json.writeStartObject();
            if (!pod.hasMetadata()) {
                json.writeObjectFieldStart("annotations");
            }
            json.writeStringField(Answer.KEY, answer);
            if (!pod.hasMetadata()) {
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private <T> void append(String array, boolean exists, List<T> items, ItemWriter<T> writer) throws IOException {
        if (items.isEmpty()) {
            return;
        }
        if (!exists) {
            add(array);
            json.writeStartArray();
            for (T item : items) {
                writer.write(item);
            }
            json.writeEndArray();
            json.writeEndObject();
            return;
        }
        for (T item : items) {
            add(array + "/-");
            writer.write(item);
            json.writeEndObject();
        }
    }

    private void volume(PodVolume volume) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", volume.name());
        volume.content().write(json);
        json.writeEndObject();
    }

    private void mount(VolumeMount mount) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", mount.volume());
        json.writeStringField("mountPath", mount.mountPath().value());
        if (!mount.subPath().isEmpty()) {
            json.writeStringField("subPath", mount.subPath());
        }
        if (mount.readOnly()) {
            json.writeBooleanField("readOnly", true);
            if (recursiveReadOnly) {
                json.writeStringField("recursiveReadOnly", "IfPossible");
            }
        }
        json.writeEndObject();
    }

    private void add(String pointer) throws IOException {
        operation("add", pointer);
        json.writeFieldName("value");
    }

    private void operation(String name, String pointer) throws IOException {
        empty = false;
        json.writeStartObject();
        json.writeStringField("op", name);
        json.writeStringField("path", pointer);
    }
}
