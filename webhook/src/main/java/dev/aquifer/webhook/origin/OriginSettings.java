package dev.aquifer.webhook.origin;

/**
 * What all origins have in common.
 *
 * @param namespace of the node agents and of admission
 * @param image of {@code aquifer-node}
 * @param pullPolicy of that image
 * @param enrolAt where certificates are asked for, an https URL without a path
 */
public record OriginSettings(String namespace, String image, String pullPolicy, String enrolAt) {}
