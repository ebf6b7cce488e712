package dev.aquifer.node.csi;

import dev.aquifer.node.dataset.Sha256;
import dev.aquifer.node.link.VolumeAttributes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** The handle of a volume that the controller names: the same name and attributes give the same, others another. */
record VolumeHandle(String dataset, String digest) {
    private static final Pattern HANDLE = Pattern.compile("aquifer/[0-9a-f]{32}/[0-9a-f]{32}");
    private static final int DIGITS = 32;

    static VolumeHandle of(String name, VolumeAttributes attributes) {
        Sha256 computing = Sha256.begin();
        computing.update(name.getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, String> attribute : attributes.toMap().entrySet()) {
            computing.update("\0%s=%s"
                    .formatted(attribute.getKey(), attribute.getValue())
                    .getBytes(StandardCharsets.UTF_8));
        }
        return new VolumeHandle(attributes.dataset(), computing.hash().hex().substring(0, DIGITS));
    }

    static boolean isOne(String handle) {
        return HANDLE.matcher(handle).matches();
    }

    @Override
    public String toString() {
        return "aquifer/" + dataset + "/" + digest;
    }
}
