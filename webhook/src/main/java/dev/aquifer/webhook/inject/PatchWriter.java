package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.Quantity;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeContent.EmptyDir;
import dev.aquifer.webhook.inject.pod.VolumeContent.Ephemeral;
import dev.aquifer.webhook.inject.pod.VolumeContent.HostPath;
import dev.aquifer.webhook.inject.pod.VolumeContent.Other;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON Patch (RFC 6902) that changes a pod and nothing else of it: what is there already is not written again,
 * arrays that are missing are made.
 */
final class PatchWriter {
    private static final byte[] EMPTY = {};
    private static final String ANNOTATION_POINTER =
            "/metadata/annotations/" + PodAnnotations.INJECTED.replace("/", "~1");

    private static final String ANNOTATION = "{\"" + PodAnnotations.INJECTED + "\":";

    private final Pod pod;
    private final boolean recursiveReadOnly;
    private final JsonText json = new JsonText(1024);

    private PatchWriter(Pod pod, boolean recursiveReadOnly) {
        this.pod = pod;
        this.recursiveReadOnly = recursiveReadOnly;
    }

    /** The patch that brings the plan's volumes and the answer; empty when the pod has both. */
    static byte[] bring(Pod pod, Plan plan, String answer, boolean recursiveReadOnly) {
        PatchWriter writer = new PatchWriter(pod, recursiveReadOnly);
        writer.annotate(answer);
        for (Replaced<PodVolume> replaced : plan.replaced()) {
            writer.replace("/spec/volumes/" + replaced.index());
            writer.volume(replaced.by());
            writer.json.raw("}");
        }
        writer.append("/spec/volumes", pod.hasVolumes(), plan.added(), writer::volume);
        for (ContainerPlan container : plan.containers()) {
            String mounts = container.container().pointer() + "/volumeMounts";
            for (Replaced<VolumeMount> replaced : container.replaced()) {
                writer.replace(mounts + "/" + replaced.index());
                writer.mount(replaced.by());
                writer.json.raw("}");
            }
            writer.append(mounts, container.container().hasMounts(), container.missing(), writer::mount);
        }
        return writer.bytes();
    }

    /** The patch that leaves the pod with this answer, or, when it is null, with none: a forged one goes. */
    static byte[] answer(Pod pod, @Nullable String answer) {
        PatchWriter writer = new PatchWriter(pod, false);
        if (answer != null) {
            writer.annotate(answer);
        } else if (pod.annotation(PodAnnotations.INJECTED) != null) {
            writer.json
                    .raw("[{\"op\":\"remove\",\"path\":\"")
                    .raw(ANNOTATION_POINTER)
                    .raw("\"}");
        }
        return writer.bytes();
    }

    private byte[] bytes() {
        return json.isEmpty() ? EMPTY : json.raw("]").bytes();
    }

    private void annotate(String answer) {
        if (answer.equals(pod.annotation(PodAnnotations.INJECTED))) {
            return;
        }
        if (pod.hasAnnotations()) {
            add(ANNOTATION_POINTER);
            json.string(answer).raw("}");
        } else if (pod.hasMetadata()) {
            add("/metadata/annotations");
            json.raw(ANNOTATION).string(answer).raw("}}");
        } else {
            add("/metadata");
            json.raw("{\"annotations\":").raw(ANNOTATION).string(answer).raw("}}}");
        }
    }

    private <T> void append(String array, boolean exists, List<T> items, Consumer<T> writer) {
        if (items.isEmpty()) {
            return;
        }
        if (!exists) {
            add(array);
            String before = "[";
            for (T item : items) {
                json.raw(before);
                writer.accept(item);
                before = ",";
            }
            json.raw("]}");
            return;
        }
        String end = array + "/-";
        for (T item : items) {
            add(end);
            writer.accept(item);
            json.raw("}");
        }
    }

    private void volume(PodVolume volume) {
        json.raw("{\"name\":").string(volume.name());
        switch (volume.content()) {
            case Claim(String claimName, boolean readOnly) ->
                json.raw(",\"persistentVolumeClaim\":{\"claimName\":")
                        .string(claimName)
                        .raw(readOnly ? ",\"readOnly\":true}}" : "}}");
            case EmptyDir(@Nullable Quantity sizeLimit) -> {
                json.raw(",\"emptyDir\":{");
                if (sizeLimit != null) {
                    json.raw("\"sizeLimit\":").string(sizeLimit.text());
                }
                json.raw("}}");
            }
            case Ephemeral _, HostPath _, Other _ ->
                throw new IllegalStateException("only volumes of ours are written, not " + volume);
        }
    }

    private void mount(VolumeMount mount) {
        json.raw("{\"name\":")
                .string(mount.volume())
                .raw(",\"mountPath\":")
                .string(mount.mountPath().value());
        if (!mount.subPath().isEmpty()) {
            json.raw(",\"subPath\":").string(mount.subPath());
        }
        if (mount.readOnly()) {
            json.raw(
                    recursiveReadOnly
                            ? ",\"readOnly\":true,\"recursiveReadOnly\":\"IfPossible\""
                            : ",\"readOnly\":true");
        }
        json.raw("}");
    }

    /** Begins an operation that adds the value that comes next. */
    private void add(String pointer) {
        operation("add", pointer);
    }

    /** Begins an operation that puts the value that comes next in the place of another. */
    private void replace(String pointer) {
        operation("replace", pointer);
    }

    private void operation(String name, String pointer) {
        json.raw(json.isEmpty() ? "[{\"op\":\"" : ",{\"op\":\"")
                .raw(name)
                .raw("\",\"path\":\"")
                .raw(pointer)
                .raw("\",\"value\":");
    }
}
