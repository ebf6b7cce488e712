package dev.aquifer.webhook.inject.pod;

/** A volume of a pod. */
public record PodVolume(String name, VolumeContent content) {}
