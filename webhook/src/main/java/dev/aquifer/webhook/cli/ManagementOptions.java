package dev.aquifer.webhook.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every long-running command has: where it listens, where it runs and what it logs. */
final class ManagementOptions {
    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, IPv6 too where there is any).")
    private String host = "0.0.0.0";

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "HTTP port of /livez, /readyz and /metrics (default: ${DEFAULT-VALUE}).")
    private int managementPort = 8080;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            required = true,
            description = "Namespace this program runs in, and keeps what is its own. Required.")
    private String namespace = "";

    @Mixin
    private LogOptions log = new LogOptions();

    String namespace() {
        return namespace;
    }

    ManagementSettings settings() {
        return new ManagementSettings(host, managementPort, log.settings());
    }
}
