package dev.aquifer.webhook.binder.known;

/** What is kept of an object, and which version of the object it is from. */
public record Versioned<T>(String resourceVersion, T value) {

    /** Versions are numbers that only rise (Kubernetes says so from 1.35 on, and etcd always did). */
    boolean isAtLeast(String other) {
        return resourceVersion.length() == other.length()
                ? resourceVersion.compareTo(other) >= 0
                : resourceVersion.length() > other.length();
    }
}
