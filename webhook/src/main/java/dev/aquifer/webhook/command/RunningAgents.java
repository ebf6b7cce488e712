package dev.aquifer.webhook.command;

import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.command.nodes.Measures;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.rest.Exec;

/** Those of a cluster, asked through its API server. */
record RunningAgents(ApiServer api, Exec exec) implements Agents {
    private static final int PORT = 9090;

    @Override
    public String metrics(String namespace, String pod) {
        return api.text(Measures.path(namespace, pod, PORT));
    }

    @Override
    public String status(String namespace, String pod) {
        return exec.output(namespace, pod, "fetch", "aquifer-node", "status", "--output", "json");
    }
}
