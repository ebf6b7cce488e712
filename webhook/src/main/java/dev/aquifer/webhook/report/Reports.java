package dev.aquifer.webhook.report;

import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.TokenCall;
import dev.aquifer.webhook.tokens.TokenContext;
import dev.aquifer.webhook.tokens.TokenHandler;
import dev.aquifer.webhook.tokens.TokenRules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Puts admission's part of this package together. */
public final class Reports {
    static final String WRITE = "/v1/reports";
    static final String READ = "/v1/reports/read";

    private static final int LARGEST_REPORT = 1 << 20;
    private static final int LARGEST_QUESTION = 1 << 10;

    private Reports() {}

    /**
     * Where node agents report, and where the binder reads what they said.
     *
     * @param client needs {@code get} of nodes
     */
    public static List<Route> routes(TokenContext context, Callers callers, KubernetesClient client) {
        NodeLabels labels = new NodeLabels(
                node -> client.nodes().withName(node).require().getMetadata().getLabels(), System::nanoTime);
        ReportCalls calls = new ReportCalls(callers, new ReportBook(System::nanoTime), labels);
        return List.of(
                route(
                        context,
                        WRITE,
                        rules(
                                calls::report,
                                LARGEST_REPORT,
                                "aquifer.node.reports",
                                "Reports of node agents, by what they were answered")),
                route(
                        context,
                        READ,
                        rules(
                                calls::read,
                                LARGEST_QUESTION,
                                "aquifer.node.report.readings",
                                "Readings of all reports by the binder, by what they were answered")));
    }

    private static TokenRules rules(TokenCall call, int largest, String metric, String description) {
        return new TokenRules(call, largest, metric, description, "given");
    }

    private static Route route(TokenContext context, String path, TokenRules rules) {
        return new Route(path, new TokenHandler(context, rules));
    }
}
