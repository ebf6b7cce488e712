package dev.aquifer.node.link;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a persistent volume says of the dataset behind it: only what never changes. The binder writes the same keys.
 *
 * @param tenant the namespace whose pods may use the volume
 * @param dataset the dataset's id, 32 hexadecimal digits
 * @param sharedVolume {@code owner/name}, for people
 * @param origin the URI in the certificate of the only origin to be believed
 * @param originAddress {@code host:port} of the origin's Service
 */
public record VolumeAttributes(
        String tenant, String dataset, String sharedVolume, String origin, String originAddress) {
    private static final String PREFIX = "aquifer.dev/";
    private static final String FORMAT = "1";
    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern TENANT = Pattern.compile(LABEL);
    private static final Pattern DATASET = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHARED_VOLUME = Pattern.compile(LABEL + "/" + NAME);
    private static final Pattern ORIGIN = Pattern.compile("aquifer://origin/" + LABEL + "/" + NAME);
    private static final Pattern ADDRESS = Pattern.compile(NAME + ":[0-9]{1,5}");

    public VolumeAttributes {
        check("tenant", tenant, TENANT, "a namespace's name");
        check("dataset", dataset, DATASET, "32 hexadecimal digits");
        check("shared-volume", sharedVolume, SHARED_VOLUME, "owner/name");
        check("origin", origin, ORIGIN, "aquifer://origin/NAMESPACE/SERVICE-ACCOUNT");
        check("origin-address", originAddress, ADDRESS, "HOST:PORT");
    }

    /**
     * Reads the attributes among others, which are left alone.
     *
     * @throws IllegalArgumentException if one is missing or wrong; the message names it
     */
    public static VolumeAttributes parse(Map<String, String> attributes) {
        String format = attributes.getOrDefault(PREFIX + "format", "");
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "expected the volume attribute aquifer.dev/format to be '%s', found '%s': the volume is not of this driver, or of a newer one; update the node agent"
                            .formatted(FORMAT, format));
        }
        return new VolumeAttributes(
                attributes.getOrDefault(PREFIX + "tenant", ""),
                attributes.getOrDefault(PREFIX + "dataset", ""),
                attributes.getOrDefault(PREFIX + "shared-volume", ""),
                attributes.getOrDefault(PREFIX + "origin", ""),
                attributes.getOrDefault(PREFIX + "origin-address", ""));
    }

    /** The attributes as they stand in a persistent volume. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        map.put(PREFIX + "format", FORMAT);
        map.put(PREFIX + "tenant", tenant);
        map.put(PREFIX + "dataset", dataset);
        map.put(PREFIX + "shared-volume", sharedVolume);
        map.put(PREFIX + "origin", origin);
        map.put(PREFIX + "origin-address", originAddress);
        return map;
    }

    private static void check(String key, String value, Pattern pattern, String expected) {
        if (value.length() > 512 || !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("expected the volume attribute %s%s to be %s, found '%s'"
                    .formatted(PREFIX, key, expected, value.length() > 80 ? value.substring(0, 80) + "…" : value));
        }
    }
}
