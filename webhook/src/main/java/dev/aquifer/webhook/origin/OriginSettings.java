package dev.aquifer.webhook.origin;

import dev.aquifer.webhook.workload.OwnerPods;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/**
 * What all origins have in common.
 *
 * @param namespace of the node agents and of admission
 * @param image of {@code aquifer-node}
 * @param pullPolicy of that image
 * @param enrolAt where certificates are asked for, an https URL without a path
 * @param pods what an administrator adds to theirs
 * @param resources of their container
 */
public record OriginSettings(
        String namespace,
        String image,
        String pullPolicy,
        String enrolAt,
        OwnerPods pods,
        ResourceRequirements resources) {
    /** With nothing added to the pods. */
    public OriginSettings(String namespace, String image, String pullPolicy, String enrolAt) {
        this(namespace, image, pullPolicy, enrolAt, OwnerPods.NONE, OriginResources.DEFAULT);
    }
}
