package dev.aquifer.webhook.api;

/** What the container runtime does to the files of a volume that a pod mounts writable, on a node with SELinux. */
public enum SeLinuxEffect {
    /** All of them get the label of the pod, and pods of another level can use them no more. */
    Relabelled,
    /** They stay as they are. */
    Kept
}
