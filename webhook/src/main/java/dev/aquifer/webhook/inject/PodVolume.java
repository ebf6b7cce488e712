package dev.aquifer.webhook.inject;

/** A volume of a pod. */
record PodVolume(String name, VolumeContent content) {}
