package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;

/** What the Deployments of the chart say of their programs. */
final class Programs {
    private Programs() {}

    /** Whether it serves namespaces by name, with rights in them alone; no pairs are made there. */
    static boolean servesByName(JsonNode deployment) {
        for (JsonNode argument : deployment.at("/spec/template/spec/containers/0/args")) {
            if (argument.asText().startsWith("--serve=")) {
                return true;
            }
        }
        return false;
    }
}
