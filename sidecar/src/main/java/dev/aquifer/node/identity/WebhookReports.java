package dev.aquifer.node.identity;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Where this node's reports go. They need no certificate of ours: that there is none may be what is reported. */
public final class WebhookReports {
    private final WebhookCall reports;
    private final Path authorities;

    /**
     * Of the webhook that gives certificates too.
     *
     * @param webhook such as {@code https://aquifer-webhook.aquifer-system.svc}
     * @param authorities file with the authorities' certificates as PEM
     * @param token file of the projected service-account token
     */
    public WebhookReports(URI webhook, Path authorities, Path token) {
        this.reports = new WebhookCall(webhook.resolve("/v1/reports"), token);
        this.authorities = authorities;
    }

    /**
     * Sends one report. Blocks.
     *
     * @return what the webhook answered
     * @throws IOException if nobody took it; the message says why
     */
    public JsonObject send(String report) throws IOException, InterruptedException {
        return reports.post(report, Authorities.read(authorities), "The webhook did not take the report");
    }
}
