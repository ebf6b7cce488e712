package dev.aquifer.webhook.workload;

/**
 * What the Jobs that make directories have in common.
 *
 * @param image this program's own
 * @param pullPolicy of that image
 * @param pods what an administrator adds to theirs
 */
public record JobSettings(String image, String pullPolicy, OwnerPods pods) {
    /** Those of an image alone. */
    public static JobSettings of(String image) {
        return new JobSettings(image, "IfNotPresent", OwnerPods.NONE);
    }
}
