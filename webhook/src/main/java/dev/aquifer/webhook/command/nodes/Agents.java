package dev.aquifer.webhook.command.nodes;

import dev.aquifer.webhook.rest.ApiException;

/** What node agents say of themselves. */
public interface Agents {
    /**
     * The metrics of the agent in a pod.
     *
     * @throws ApiException when there is no answer
     */
    String metrics(String namespace, String pod);

    /**
     * What {@code aquifer-node status} prints in a pod, as JSON.
     *
     * @throws ApiException when there is no answer
     */
    String status(String namespace, String pod);
}
