package dev.aquifer.webhook.enrolment;

import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.Pem;
import dev.aquifer.webhook.tokens.Answer;
import dev.aquifer.webhook.tokens.Answer.Given;
import dev.aquifer.webhook.tokens.Answer.Refused;
import dev.aquifer.webhook.tokens.Callers;
import dev.aquifer.webhook.tokens.Holder;
import dev.aquifer.webhook.tokens.Naming;
import dev.aquifer.webhook.tokens.RefusalReason;
import io.vertx.core.json.JsonObject;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs the key of a request for the name that its token proves. Blocks; the token never leaves it but to be reviewed. */
final class Enrolment {
    private static final Duration LIFETIME = Duration.ofHours(4);
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private final Callers callers;
    private final Signer signer;

    Enrolment(Callers callers, Signer signer) {
        this.callers = callers;
        this.signer = signer;
    }

    /** @param request a certificate signing request as PEM; names in it count for nothing */
    Answer enrol(String token, Supplier<String> request) {
        PublicKey key;
        try {
            key = CertificateRequest.read(request.get()).publicKey();
        } catch (InvalidCertificate e) {
            return new Refused(RefusalReason.MALFORMED, String.valueOf(e.getMessage()));
        }
        return switch (callers.review(token)) {
            case Naming.Unknown(Refused refusal) -> refusal;
            case Naming.Known(Holder.Certified holder) -> sign(key, holder);
            case Naming.Known(Holder.Binder _) ->
                new Refused(
                        RefusalReason.NOT_ENTITLED,
                        "Expected a token of a node agent or an origin, found one of the binder, which needs no certificate");
        };
    }

    private Answer sign(PublicKey key, Holder.Certified holder) {
        try {
            var leaf = signer.sign(key, holder.names(), LIFETIME);
            LOG.info(
                    "certificate issued holder={} serial={} notAfter={}",
                    holder.names().uris().getFirst(),
                    leaf.getSerialNumber().toString(16),
                    leaf.getNotAfter().toInstant());
            return new Given(new JsonObject()
                    .put("certificate", Pem.write(List.of(leaf)))
                    .put("notAfter", leaf.getNotAfter().toInstant().toString()));
        } catch (InvalidCertificate e) {
            return new Refused(RefusalReason.UNAVAILABLE, e.getMessage() + "; try again");
        }
    }
}
