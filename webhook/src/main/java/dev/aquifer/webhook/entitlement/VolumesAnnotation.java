package dev.aquifer.webhook.entitlement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of the pod annotation {@code aquifer.dev/volumes}: items {@code name}, {@code owner/name}, each with
 * {@code @role} or without, separated by commas; spaces around items are allowed.
 */
public final class VolumesAnnotation {
    public static final String KEY = "aquifer.dev/volumes";

    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    private static final Pattern ITEM = Pattern.compile(
            "(?:(?<owner>" + LABEL + ")/)?(?<name>" + LABEL + "(?:\\." + LABEL + ")*)(?:@(?<role>" + LABEL + "))?");
    private static final String RIGHT_FORM =
            "write a comma-separated list of name, owner/name, name@role or owner/name@role in lower case";

    private VolumesAnnotation() {}

    /** Reads the annotation's value; an item named twice, in whatever role, is an error too. */
    public static List<VolumeRequest> parse(String value) throws InvalidAnnotationException {
        List<VolumeRequest> requests = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            VolumeRequest request = item(value, start, end);
            if (!names.add(request.owner() + "/" + request.name())) {
                throw error(start, "volume \"" + request.name() + "\" is named twice", "name each volume once");
            }
            requests.add(request);
            start = end + 1;
        }
        return List.copyOf(requests);
    }

    private static VolumeRequest item(String value, int start, int end) throws InvalidAnnotationException {
        String text = value.substring(start, end).strip();
        if (text.isEmpty()) {
            throw error(start, "a volume's name is missing", RIGHT_FORM);
        }
        Matcher matcher = ITEM.matcher(text);
        if (!matcher.matches()) {
            throw error(value.indexOf(text, start), "\"" + text + "\" is not a volume", RIGHT_FORM);
        }
        return new VolumeRequest(matcher.group("owner"), matcher.group("name"), matcher.group("role"));
    }

    private static InvalidAnnotationException error(int index, String problem, String remedy) {
        return new InvalidAnnotationException(
                "annotation " + KEY + ", position " + (index + 1) + ": " + problem + "; " + remedy);
    }
}
