package dev.aquifer.webhook.binder.known;

import dev.aquifer.webhook.binder.known.KnownPv.Other;
import dev.aquifer.webhook.binder.known.KnownPv.Pair;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.binding.objects.ExistingVolume;
import dev.aquifer.webhook.binding.source.SourceVolume;
import org.jspecify.annotations.Nullable;

/** Tells those whom it concerns of a PersistentVolume that came, changed or went. */
final class VolumeNews {
    private final Changes changes;

    VolumeNews(Changes changes) {
        this.changes = changes;
    }

    void tell(String name, @Nullable KnownPv was, @Nullable KnownPv is) {
        PairLabels from = labels(was);
        if (from != null && is == null) {
            changes.gone(from.volumeUid(), name);
        }
        tell(name, was);
        tell(name, is);
        if (was == null || is == null) {
            tellTenant(from);
            tellTenant(labels(is));
        }
    }

    private void tell(String name, @Nullable KnownPv volume) {
        PairLabels labels = labels(volume);
        String handle = handle(volume);
        if (labels != null) {
            changes.ofVolume(labels.volumeUid());
        } else if (volume instanceof Pair) {
            changes.ofAll();
        } else if (volume != null) {
            changes.of(Interests.volume(name));
        }
        if (handle != null) {
            changes.of(Interests.handle(handle));
        }
    }

    /** What lies where a volume of his lies he may not share: that is asked of volumes that are there. */
    private void tellTenant(@Nullable PairLabels labels) {
        if (labels != null) {
            changes.of(Interests.tenant(labels.tenant()));
        }
    }

    static @Nullable PairLabels labels(@Nullable KnownPv volume) {
        return volume instanceof Pair(ExistingVolume pair, String _) ? pair.labels() : null;
    }

    static @Nullable String handle(@Nullable KnownPv volume) {
        return switch (volume) {
            case null -> null;
            case Pair(ExistingVolume pair, String _) -> pair.handle();
            case Other(SourceVolume _, String handle) -> handle;
        };
    }
}
