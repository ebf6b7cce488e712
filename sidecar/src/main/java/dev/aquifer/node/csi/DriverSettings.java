package dev.aquifer.node.csi;

import java.nio.file.Path;

/**
 * What the driver is told. All paths are absolute.
 *
 * @param version of this program
 * @param node the name of the node, as Kubernetes has it
 * @param kubelet its folder, that all targets are below
 * @param endpoint the socket of calls, as this process sees it
 * @param kubeletEndpoint the same socket, as kubelet sees it
 * @param registration the socket of registration, in the folder that kubelet watches
 * @param controller whether the controller service is offered
 */
public record DriverSettings(
        String version,
        String node,
        Path kubelet,
        Path endpoint,
        Path kubeletEndpoint,
        Path registration,
        boolean controller) {}
