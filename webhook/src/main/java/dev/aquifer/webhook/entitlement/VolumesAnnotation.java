package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.PodAnnotations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The grammar of the pod annotation {@code aquifer.dev/volumes}: items {@code name}, {@code owner/name}, each with
 * {@code @role} or without, separated by commas; spaces around items are allowed.
 */
public final class VolumesAnnotation {
    private static final String RIGHT_FORM =
            "write a comma-separated list of name, owner/name, name@role or owner/name@role in lower case";

    private VolumesAnnotation() {}

    /** Reads the annotation's value; an item named twice, in whatever role, is an error too. */
    public static List<VolumeRequest> parse(String value) throws InvalidAnnotationException {
        List<VolumeRequest> requests = new ArrayList<>();
        Set<VolumeRequest> names = new HashSet<>();
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            VolumeRequest request = item(value, start, end);
            if (!names.add(new VolumeRequest(request.owner(), request.name(), null))) {
                throw error(value, start, "volume \"" + request.name() + "\" is named twice", "name each volume once");
            }
            requests.add(request);
            start = end + 1;
        }
        return List.copyOf(requests);
    }

    private static VolumeRequest item(String value, int start, int end) throws InvalidAnnotationException {
        String text = value.substring(start, end).strip();
        if (text.isEmpty()) {
            throw error(value, start, "a volume's name is missing", RIGHT_FORM);
        }
        int slash = text.indexOf('/');
        int at = text.indexOf('@');
        String owner = slash < 0 ? null : text.substring(0, slash);
        String role = at < 0 ? null : text.substring(at + 1);
        String name = text.substring(slash + 1, at <= slash ? text.length() : at);
        if ((owner != null && !DnsName.isLabel(owner))
                || !DnsName.isSubdomain(name)
                || (role != null && !DnsName.isLabel(role))) {
            throw error(value, start, "\"" + Excerpt.of(text) + "\" is not a volume", RIGHT_FORM);
        }
        return new VolumeRequest(owner, name, role);
    }

    private static InvalidAnnotationException error(String value, int start, String problem, String remedy) {
        int position = start;
        while (position < value.length() && Character.isWhitespace(value.charAt(position))) {
            position++;
        }
        return new InvalidAnnotationException("annotation " + PodAnnotations.VOLUMES + ", position " + (position + 1)
                + ": " + problem + "; " + remedy);
    }
}
