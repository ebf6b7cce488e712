package dev.aquifer.webhook.binding.objects;

import org.jspecify.annotations.Nullable;

/**
 * The claim that a PersistentVolume is for.
 *
 * @param uid null until the volume is for one claim and no later one of its name
 */
public record ClaimRef(
        String namespace, String name, @Nullable String uid) {}
