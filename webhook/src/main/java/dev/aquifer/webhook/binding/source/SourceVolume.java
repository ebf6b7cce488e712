package dev.aquifer.webhook.binding.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolume that the binder did not make.
 *
 * @param spec its whole specification; never changed here
 * @param gid the annotation {@code pv.beta.kubernetes.io/gid}: a group that kubelet gives to the pods that use it
 * @param managed whether it carries the labels of the binder's objects
 */
public record SourceVolume(
        String name, String uid, ObjectNode spec, @Nullable String gid, boolean managed, String phase) {}
