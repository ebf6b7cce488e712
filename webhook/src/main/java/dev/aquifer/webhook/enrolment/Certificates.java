package dev.aquifer.webhook.enrolment;

import dev.aquifer.webhook.admission.Route;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.TokenContext;
import dev.aquifer.webhook.tokens.TokenHandler;
import dev.aquifer.webhook.tokens.TokenRules;

/** Puts the parts of this package together. */
public final class Certificates {
    private static final String PATH = "/v1/certificates";
    private static final int LARGEST_REQUEST = 16 << 10;

    private Certificates() {}

    /** Where certificates are asked for. */
    public static Route route(TokenContext context, Callers callers, Signer signer) {
        return new Route(
                PATH,
                new TokenHandler(
                        context,
                        new TokenRules(
                                new Enrolment(callers, signer)::enrol,
                                LARGEST_REQUEST,
                                "aquifer.enrolment.requests",
                                "Requests for certificates, by what they were answered",
                                "issued")));
    }
}
