package dev.aquifer.webhook.cluster;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether everything has been listed once. What has been listed stays so: later changes make nobody unready. */
final class FirstSync {
    private final BooleanSupplier namespaces;
    private final BooleanSupplier volumes;
    private volatile boolean done;

    FirstSync(BooleanSupplier namespaces, BooleanSupplier volumes) {
        this.namespaces = namespaces;
        this.volumes = volumes;
    }

    /** What is missing, as a sentence; null once nothing is. */
    @Nullable String problem() {
        if (done) {
            return null;
        }
        if (!namespaces.getAsBoolean()) {
            return "the namespaces have not been listed yet";
        }
        if (!volumes.getAsBoolean()) {
            return "the SharedVolumes have not been listed yet";
        }
        done = true;
        return null;
    }
}
