package dev.aquifer.node.cli;

import dev.aquifer.node.csi.Driver;
import dev.aquifer.node.csi.DriverSettings;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code aquifer-node mount}: the process of a node that may mount, and has no network. */
final class MountCommand implements ProgramCommand {
    private static final String KUBELET = "/var/lib/kubelet";

    @Override
    public String name() {
        return "mount";
    }

    @Override
    public String description() {
        return "The CSI driver: shows snapshots of the node's cache in pods. Privileged, without any network.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.required("--node-name", "NAME", "The node that this runs on."),
                Options.optional("--kubelet-root", "PATH", KUBELET, "Kubelet's folder, mounted at the same path."),
                Options.optional("--cache", "PATH", "/var/lib/aquifer/cache", "The cache's folder."),
                Options.optional("--endpoint", "PATH", "/csi/csi.sock", "The socket of CSI calls."),
                Options.optional(
                        "--kubelet-endpoint",
                        "PATH",
                        KUBELET + "/plugins/" + Driver.NAME + "/csi.sock",
                        "The same socket as kubelet sees it."),
                Options.optional(
                        "--registration",
                        "PATH",
                        "/registration/" + Driver.NAME + "-reg.sock",
                        "The socket by which kubelet finds the driver."),
                Options.optional("--fetch-socket", "PATH", "/run/aquifer/fetch.sock", "Where 'fetch' listens."),
                Options.optional(
                        "--mount-socket", "PATH", "/run/aquifer/mount.sock", "Where 'fetch' asks what is mounted."),
                Options.flag("--controller", "Offer the controller service too, for StorageClasses."));
    }

    @Override
    public Program program(Values values) {
        return new MountProgram(settings(values));
    }

    static MountSettings settings(Values values) {
        DriverSettings driver = new DriverSettings(
                Version.read(),
                values.text("--node-name"),
                values.path("--kubelet-root"),
                values.path("--endpoint"),
                values.path("--kubelet-endpoint"),
                values.path("--registration"),
                values.flag("--controller"));
        return new MountSettings(
                driver, values.path("--cache"), values.path("--fetch-socket"), values.path("--mount-socket"));
    }
}
