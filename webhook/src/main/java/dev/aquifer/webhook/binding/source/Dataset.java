package dev.aquifer.webhook.binding.source;

import dev.aquifer.webhook.binding.names.Sha256;
import dev.aquifer.webhook.entitlement.KnownVolume;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The files of a cached volume, as nodes know them: of one SharedVolume and one place, never of two owners, since whoever
 * owns an origin decides what it serves.
 *
 * @param id 32 hexadecimal digits
 * @param sharedVolume {@code owner/name}
 * @param owner the namespace in which its origin runs
 * @param origin the name of all objects of its origin there
 * @param claim the source claim, in the same namespace
 * @param subdirectory the volume's root within the claim; null for the claim's own
 * @param oneNode whether all pods that mount the claim must run on one node
 */
public record Dataset(
        String id,
        String sharedVolume,
        String owner,
        String origin,
        String claim,
        @Nullable String subdirectory,
        boolean oneNode) {
    /** Each origin's service account, Service and certificate is called so. */
    public static final String ORIGIN_PREFIX = "aquifer-origin-";

    /** The port of its Service and of its pod. */
    public static final int PORT = 8443;

    private static final String KEY_PREFIX = "aquifer-key-";
    private static final int ID_BYTES = 16;
    private static final int HASH_BYTES = 5;
    /** With the hash, a DNS label. */
    private static final int READABLE = 30;

    /**
     * The dataset of a volume.
     *
     * @param location all that decides what is read at the source
     */
    public static Dataset of(KnownVolume volume, String claim, String location, boolean oneNode) {
        String subdirectory = volume.spec().source().subdirectory();
        String place = location + "\n" + (subdirectory == null ? "" : subdirectory);
        return new Dataset(
                HexFormat.of().formatHex(Sha256.ofParts(volume.owner(), volume.uid(), place), 0, ID_BYTES),
                volume.key(),
                volume.owner(),
                originOf(volume.owner(), volume.name(), volume.uid()),
                claim,
                subdirectory,
                oneNode);
    }

    /** The name of the origin's objects, whatever the source of the volume. */
    public static String originOf(String owner, String volume, String uid) {
        String readable = volume.replace('.', '-');
        String cut = readable.length() > READABLE ? readable.substring(0, READABLE) : readable;
        return ORIGIN_PREFIX + cut + "-" + HexFormat.of().formatHex(Sha256.ofParts(owner, volume, uid), 0, HASH_BYTES);
    }

    /** The name in the origin's certificate. */
    public String originUri() {
        return "aquifer://origin/%s/%s".formatted(owner, origin);
    }

    /** Where node agents find the origin. */
    public String originAddress() {
        return "%s.%s.svc:%d".formatted(origin, owner, PORT);
    }

    /** The Secret, in the namespace of the node agents, with the key that the origin asks for. */
    public String keySecret() {
        return KEY_PREFIX + id;
    }
}
