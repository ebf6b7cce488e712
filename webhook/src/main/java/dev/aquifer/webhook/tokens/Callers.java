package dev.aquifer.webhook.tokens;

import dev.aquifer.webhook.tokens.Answer.Refused;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls, by his token. What the API server said of one counts for some minutes, so that callers who come every minute
 * cost it little; a refusal counts for nobody else and no longer. Blocks; a token never leaves it but to be reviewed.
 */
public final class Callers {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    private final TokenReviewer tokens;
    private final Naming naming;
    private final Believed<Holder> believed;

    /**
     * Whom tokens of this cluster name.
     *
     * @param namespace Aquifer's own
     * @param nodeAccount the service account of node agents in it
     * @param binderAccount that of the binder
     */
    public static Callers ofCluster(
            KubernetesClient client, String namespace, String nodeAccount, String binderAccount) {
        return new Callers(
                new ClusterTokens(client), new Naming(namespace, nodeAccount, binderAccount), System::nanoTime);
    }

    Callers(TokenReviewer tokens, Naming naming, LongSupplier nanoTime) {
        this.tokens = tokens;
        this.naming = naming;
        this.believed = new Believed<>(nanoTime);
    }

    /** Who he is, whatever was known of this token before. */
    public Naming.Named review(String token) {
        try {
            return naming.of(tokens.review(token));
        } catch (RuntimeException e) {
            // its message could quote the request, and with it the token
            LOG.warn("token not reviewed cause={}", e.getClass().getSimpleName());
            return new Naming.Unknown(new Refused(
                    RefusalReason.UNAVAILABLE,
                    "Expected the API server to check the token, found no answer; try again"));
        }
    }

    /** Who he is, as far as it was found out some minutes ago at the most. */
    public Naming.Named of(String token) {
        String digest = digest(token);
        Holder holder = believed.of(digest);
        if (holder != null) {
            return new Naming.Known(holder);
        }
        Naming.Named named = review(token);
        if (named instanceof Naming.Known(Holder known)) {
            believed.put(digest, known);
        }
        return named;
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
