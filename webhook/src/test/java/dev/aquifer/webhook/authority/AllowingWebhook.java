package dev.aquifer.webhook.authority;

import dev.aquifer.certs.IssuedCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A webhook on loopback that allows everything. It ends each connection, so that every call is a new TLS handshake. */
final class AllowingWebhook implements LeafConsumer {
    private final AtomicInteger calls = new AtomicInteger();
    private final Vertx vertx;
    private @Nullable HttpServer server;
    private volatile int port;

    AllowingWebhook(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void accept(IssuedCertificate leaf) {
        var keys = new PemKeyCertOptions()
                .addKeyValue(Buffer.buffer(leaf.privateKeyPem()))
                .addCertValue(Buffer.buffer(leaf.chainPem()));
        if (server != null) {
            server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(keys))
                    .await();
            return;
        }
        var options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(keys)
                .setHost("127.0.0.1")
                .setPort(0);
        server = vertx.createHttpServer(options)
                .requestHandler(this::allow)
                .listen()
                .await();
        port = server.actualPort();
    }

    int port() {
        return port;
    }

    int calls() {
        return calls.get();
    }

    private void allow(HttpServerRequest request) {
        calls.incrementAndGet();
        request.body().onSuccess(body -> {
            var uid = body.toJsonObject().getJsonObject("request").getString("uid");
            var answer = new JsonObject()
                    .put("apiVersion", "admission.k8s.io/v1")
                    .put("kind", "AdmissionReview")
                    .put("response", new JsonObject().put("uid", uid).put("allowed", true));
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Connection", "close")
                    .end(answer.toBuffer());
        });
    }
}
