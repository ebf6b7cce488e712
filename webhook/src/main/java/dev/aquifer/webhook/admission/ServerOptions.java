package dev.aquifer.webhook.admission;

import dev.aquifer.certs.IssuedCertificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the HTTPS server speaks: HTTP/1.1 and HTTP/2 over TLS 1.2 and 1.3. */
final class ServerOptions {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    /** The API server drops idle connections after 90 s; whoever closes first must not be us. */
    private static final int IDLE_SECONDS = 180;

    /** An ordinary one takes milliseconds. */
    private static final int HANDSHAKE_SECONDS = 3;

    private static final int STREAMS_PER_CONNECTION = 250;

    private ServerOptions() {}

    static HttpServerOptions https(ServerSettings settings, IssuedCertificate certificate) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                // below zero: any free port, the same one for all event loops
                .setPort(settings.port() == 0 ? -1 : settings.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setKeyCertOptions(pem(certificate))
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setReadIdleTimeout(IDLE_SECONDS)
                // no WebSockets here: each of these puts a handler between the socket and us
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
        options.getInitialSettings().setMaxConcurrentStreams(STREAMS_PER_CONNECTION);
        return options;
    }

    static ServerSSLOptions tls(IssuedCertificate certificate) {
        ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(pem(certificate));
        options.setEnabledSecureTransportProtocols(PROTOCOLS).setUseAlpn(true);
        return options;
    }

    private static PemKeyCertOptions pem(IssuedCertificate certificate) {
        return new PemKeyCertOptions()
                .setKeyValue(Buffer.buffer(certificate.privateKeyPem()))
                .setCertValue(Buffer.buffer(certificate.chainPem()));
    }
}
