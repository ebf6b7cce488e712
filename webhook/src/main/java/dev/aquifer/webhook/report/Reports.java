package dev.aquifer.webhook.report;

import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.enrolment.Callers;
import dev.aquifer.webhook.enrolment.TokenCall;
import dev.aquifer.webhook.enrolment.TokenContext;
import dev.aquifer.webhook.enrolment.TokenHandler;
import dev.aquifer.webhook.enrolment.TokenRules;
import java.util.List;

/** Puts admission's part of this package together. */
public final class Reports {
    static final String WRITE = "/v1/reports";
    static final String READ = "/v1/reports/read";

    private static final int LARGEST_REPORT = 1 << 20;
    private static final int LARGEST_QUESTION = 1 << 10;

    private Reports() {}

    /** Where node agents report, and where the binder reads what they said. */
    public static List<Route> routes(TokenContext context, Callers callers) {
        ReportCalls calls = new ReportCalls(callers, new ReportBook(System::nanoTime));
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
