package dev.aquifer.webhook.binder.requests;

/** The object that an Event is about. */
public record Subject(String apiVersion, String kind, String namespace, String name, String uid) {
    public static Subject claim(String namespace, String name, String uid) {
        return new Subject("v1", "PersistentVolumeClaim", namespace, name, uid);
    }

    public static Subject pod(String namespace, String name, String uid) {
        return new Subject("v1", "Pod", namespace, name, uid);
    }

    public static Subject sharedVolume(String owner, String name, String uid) {
        return new Subject("aquifer.dev/v1alpha1", "SharedVolume", owner, name, uid);
    }
}
