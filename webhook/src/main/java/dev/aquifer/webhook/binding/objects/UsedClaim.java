package dev.aquifer.webhook.binding.objects;

import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Source.ClaimRef;
import dev.aquifer.webhook.entitlement.KnownVolume;
import org.jspecify.annotations.Nullable;

/**
 * The claim that pods use as it is.
 *
 * @param volumeName the PersistentVolume that an administrator made for it; null of an owner's own claim
 */
public record UsedClaim(
        String namespace, String name, @Nullable String volumeName) {

    /** The claim of a source that has one; null for others. */
    public static @Nullable UsedClaim of(KnownVolume volume) {
        Source source = volume.spec().source();
        if (source.persistentVolumeClaim() != null) {
            return new UsedClaim(volume.owner(), source.persistentVolumeClaim().claimName(), null);
        }
        ClaimRef only = source.onlyClaim();
        return only == null || source.persistentVolume() == null
                ? null
                : new UsedClaim(
                        only.namespace(), only.name(), source.persistentVolume().name());
    }

    /** For people. */
    public String text() {
        return text(namespace, name);
    }

    public static String text(String namespace, String name) {
        return "claim \"%s\" in namespace \"%s\"".formatted(name, namespace);
    }
}
