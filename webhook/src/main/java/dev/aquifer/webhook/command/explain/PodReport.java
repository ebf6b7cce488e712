package dev.aquifer.webhook.command.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pod would see of shared volumes, and why; what {@code aquifer explain -o json} prints.
 *
 * @param reason in kebab case, as metrics, logs and annotations show it; {@code refused} of a dry run, which does not say it
 * @param message why it gets nothing or is refused; null when it gets its volumes
 * @param leftOut volumes that it asks for or that select it, and does not get
 * @param available volumes that it could ask for
 * @param notes what else is to be known
 */
public record PodReport(
        String kind,
        String name,
        String namespace,
        String serviceAccount,
        Verdict verdict,
        String reason,
        @Nullable String message,
        List<Volume> volumes,
        List<Container> containers,
        List<LeftOut> leftOut,
        List<Available> available,
        List<String> notes) {

    /** A volume that it gets; the grants are sentences. */
    public record Volume(String volume, String role, List<String> grants) {}

    /** A container with the paths of shared volumes in it, parents before children. */
    public record Container(String name, List<Place> paths) {}

    /**
     * What one path shows.
     *
     * @param from in words
     * @param claim null for an empty directory
     * @param subPath within the claim; empty is its root
     */
    public record Place(
            String path,
            String access,
            String volume,
            String role,
            String from,
            @Nullable String claim,
            String subPath) {}

    /** A volume that does not come. */
    public record LeftOut(String volume, String reason, String message) {}

    /**
     * A volume that does not come by itself.
     *
     * @param ask what annotation aquifer.dev/volumes would have to say
     */
    public record Available(String volume, List<String> roles, String ask, String why) {}
}
