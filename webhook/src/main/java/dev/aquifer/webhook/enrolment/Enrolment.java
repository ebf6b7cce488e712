package dev.aquifer.webhook.enrolment;

import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.Pem;
import dev.aquifer.webhook.enrolment.Answer.Issued;
import dev.aquifer.webhook.enrolment.Answer.Refused;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the key of a request for the name that its token proves. Blocks; the token never leaves it but to be reviewed. */
final class Enrolment {
    private static final Duration LIFETIME = Duration.ofHours(4);
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private final TokenReviewer tokens;
    private final Naming naming;
    private final Signer signer;

    Enrolment(TokenReviewer tokens, Naming naming, Signer signer) {
        this.tokens = tokens;
        this.naming = naming;
        this.signer = signer;
    }

    /** @param request a certificate signing request as PEM; names in it count for nothing */
    Answer enrol(String token, String request) {
        PublicKey key;
        try {
            key = CertificateRequest.read(request).publicKey();
        } catch (InvalidCertificate e) {
            return new Refused(Refusal.MALFORMED, String.valueOf(e.getMessage()));
        }
        ReviewedToken reviewed;
        try {
            reviewed = tokens.review(token);
        } catch (RuntimeException e) {
            // its message could quote the request, and with it the token
            LOG.warn("token not reviewed cause={}", e.getClass().getSimpleName());
            return new Refused(
                    Refusal.UNAVAILABLE, "Expected the API server to check the token, found no answer; try again");
        }
        return switch (naming.of(reviewed)) {
            case Naming.Unknown(Refused refusal) -> refusal;
            case Naming.Known(Holder holder) -> sign(key, holder);
        };
    }

    private Answer sign(PublicKey key, Holder holder) {
        try {
            var leaf = signer.sign(key, holder.names(), LIFETIME);
            LOG.info(
                    "certificate issued holder={} serial={} notAfter={}",
                    holder.names().uris().getFirst(),
                    leaf.getSerialNumber().toString(16),
                    leaf.getNotAfter().toInstant());
            return new Issued(Pem.write(List.of(leaf)), leaf.getNotAfter().toInstant());
        } catch (InvalidCertificate e) {
            return new Refused(Refusal.UNAVAILABLE, e.getMessage() + "; try again");
        }
    }
}
