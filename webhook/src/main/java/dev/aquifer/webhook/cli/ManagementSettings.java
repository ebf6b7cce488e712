package dev.aquifer.webhook.cli;

/**
 * What an operator can choose for every long-running command.
 *
 * @param host the address that all ports listen on
 * @param port the plain HTTP port of probes and metrics; 0 takes any free one
 * @param log what is logged
 */
record ManagementSettings(String host, int port, LogSettings log) {
    ManagementSettings {
        Wrong.unless(!host.isBlank(), "--host", "an address such as 0.0.0.0", host);
        Wrong.unlessPort("--management-port", port);
    }
}
