package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.binder.known.Changes;
import dev.aquifer.webhook.binder.known.Interests;
import dev.aquifer.webhook.binder.known.Written;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has the volumes looked at that a change concerns. Changes before everything was listed are no news: all is looked at
 * then.
 */
final class Attention implements Changes {
    private final Interests interests;
    private final Written written;
    private final Supplier<Set<String>> volumes;
    private final Consumer<String> look;
    private volatile boolean begun;

    /**
     * Has nothing looked at before {@link #begin}.
     *
     * @param volumes the UIDs of all shared volumes, those included of which only pairs are left
     * @param look has one looked at
     */
    Attention(Interests interests, Written written, Supplier<Set<String>> volumes, Consumer<String> look) {
        this.interests = interests;
        this.written = written;
        this.volumes = volumes;
        this.look = look;
    }

    /** Everything was listed. */
    void begin() {
        begun = true;
        volumes.get().forEach(look);
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void ofVolume(String uid) {
        if (begun) {
            look.accept(uid);
        }
    }

    @Override
    public void gone(String uid, String key) {
        written.gone(uid, key);
    }

    @Override
    public void of(String lookup) {
        if (begun) {
            interests.volumesThatLookedAt(lookup).forEach(look);
        }
    }

    @Override
    public void ofAll() {
        if (begun) {
            volumes.get().forEach(look);
        }
    }
}
