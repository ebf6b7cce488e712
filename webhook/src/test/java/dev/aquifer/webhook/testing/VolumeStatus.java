package dev.aquifer.webhook.testing;

/** What a binder would write into the status of a SharedVolume, where none runs. */
public final class VolumeStatus {
    private VolumeStatus() {}

    /**
     * The volume is ready.
     *
     * @param more further fields of the status, each with a comma behind it
     */
    public static void ready(ControlPlane api, String owner, String volume, String more) {
        write(api, owner, volume, more, "True", "");
    }

    /** The volume is not ready, for this reason. */
    public static void notReady(ControlPlane api, String owner, String volume, String message) {
        write(api, owner, volume, "", "False", message);
    }

    private static void write(
            ControlPlane api, String owner, String volume, String more, String ready, String message) {
        api.command()
                .run(
                        "kubectl",
                        "patch",
                        "sharedvolume",
                        volume,
                        "-n",
                        owner,
                        "--subresource=status",
                        "--type=merge",
                        "-p",
                        """
                        {"status": {%s "conditions": [{"type": "Ready", "status": "%s", "reason": "Told", "message": "%s",
                         "lastTransitionTime": "2026-01-01T00:00:00Z", "observedGeneration": 99}]}}\
                        """.formatted(more, ready, message))
                .succeeded();
    }
}
