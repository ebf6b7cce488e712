package dev.aquifer.e2e.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.e2e.Cluster;
import dev.aquifer.webhook.command.UserCommandLine;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What {@code aquifer doctor} finds on a cluster, as its administrator. */
record Doctor(Cluster cluster) {

    /** What is not as it should be with one SharedVolume: severity, check and message of each finding. */
    List<String> findings(String volume) {
        StringWriter out = new StringWriter();
        UserCommandLine.of("aquifer")
                .setOut(new PrintWriter(out, true))
                .execute("doctor", "--output=json", "--kubeconfig", cluster.kubeconfig());
        List<String> found = new ArrayList<>();
        for (JsonNode finding : Serialization.unmarshal(out.toString(), JsonNode.class)) {
            String severity = finding.path("severity").asText();
            if (!severity.equals("ok") && finding.path("subject").asText().equals("SharedVolume " + volume)) {
                found.add("%s %s: %s"
                        .formatted(
                                severity,
                                finding.path("check").asText(),
                                finding.path("message").asText()));
            }
        }
        return found;
    }
}
