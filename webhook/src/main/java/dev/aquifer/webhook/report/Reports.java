package dev.aquifer.webhook.report;

import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.enrolment.Callers;
import dev.aquifer.webhook.enrolment.TokenCall;
import dev.aquifer.webhook.enrolment.TokenHandler;
import dev.aquifer.webhook.enrolment.TokenRules;
import dev.aquifer.webhook.http.Arrivals;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;

/** Puts admission's part of this package together. */
public final class Reports {
    static final String WRITE = "/v1/reports";
    static final String READ = "/v1/reports/read";

    private static final int LARGEST_REPORT = 1 << 20;
    private static final int LARGEST_QUESTION = 1 << 10;

    private Reports() {}

    /** Where node agents report, and where the binder reads what they said. */
    public static List<Route> routes(Vertx vertx, Arrivals arrivals, Callers callers, MeterRegistry registry) {
        ReportCalls calls = new ReportCalls(callers, new ReportBook(System::nanoTime));
        return List.of(
                route(vertx, arrivals, WRITE, calls::report, LARGEST_REPORT, "aquifer.node.reports", registry),
                route(vertx, arrivals, READ, calls::read, LARGEST_QUESTION, "aquifer.node.report.readings", registry));
    }

    private static Route route(
            Vertx vertx, Arrivals arrivals, String path, TokenCall call, int largest, String metric, MeterRegistry registry) {
        TokenRules rules = new TokenRules(Map.of(HttpMethod.POST, call), largest, metric, "given");
        return new Route(path, new TokenHandler(vertx, arrivals, rules, registry));
    }
}
