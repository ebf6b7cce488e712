package dev.aquifer.e2e;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.CertificateRequest;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import dev.aquifer.certs.Pem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** Gives certificates as the webhook does, with a real authority; the token says itself whose name it proves. */
final class StandInWebhook implements AutoCloseable {
    private static final String TOKEN = "secret-token-of:";

    private final CertificateAuthority authority =
            CertificateAuthority.create("test", Duration.ofHours(8), Instant.now(), new SecureRandom());
    private final HttpServer server;

    StandInWebhook(Vertx vertx) {
        var own = authority.issue(
                new LeafRequest(LeafNames.dns("localhost"), EnumSet.allOf(LeafUse.class), Duration.ofHours(4)),
                Instant.now());
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addKeyValue(Buffer.buffer(own.privateKeyPem()))
                                .addCertValue(Buffer.buffer(own.chainPem()))))
                .requestHandler(request -> request.body()
                        .map(body -> certificate(
                                Objects.requireNonNull(request.getHeader("Authorization")), body.toString()))
                        .onSuccess(request.response()::end)
                        .onFailure(_ -> request.response().setStatusCode(500).end("{}")))
                .listen(0, "localhost")
                .await();
    }

    URI address() {
        return URI.create("https://localhost:" + server.actualPort());
    }

    /** As PEM. */
    String authorities() {
        return Pem.write(List.of(authority.certificate()));
    }

    /** A token that proves this name; it must show up nowhere else. */
    static String token(String name) {
        return TOKEN + name;
    }

    private String certificate(String authorization, String request) {
        var name = URI.create(authorization.substring(("Bearer " + TOKEN).length()));
        var names = new LeafNames(List.of("localhost"), List.of(), List.of(name));
        var leaf = authority.sign(
                CertificateRequest.read(request).publicKey(),
                new LeafRequest(names, EnumSet.allOf(LeafUse.class), Duration.ofHours(4)),
                Instant.now());
        return new JsonObject().put("certificate", Pem.write(List.of(leaf))).encode();
    }

    @Override
    public void close() {
        server.close().await();
    }
}
