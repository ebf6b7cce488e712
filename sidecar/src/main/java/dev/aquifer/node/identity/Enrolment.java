package dev.aquifer.node.identity;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where certificates come from. */
@FunctionalInterface
interface Enrolment {
    /**
     * Asks for a certificate.
     *
     * @param request as PEM
     * @param authorities whom the answer must come from
     * @return the chain, leaf first
     * @throws IOException when there is none, now; the message says why
     */
    List<X509Certificate> enrol(String request, Authorities authorities) throws IOException, InterruptedException;
}
