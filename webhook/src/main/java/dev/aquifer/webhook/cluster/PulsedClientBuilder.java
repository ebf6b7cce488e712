package dev.aquifer.webhook.cluster;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Builds a {@link PulsedClient}. */
final class PulsedClientBuilder implements HttpClient.Builder {
    private final HttpClient.Builder plain;
    private final UnaryOperator<WebSocket.Listener> pulse;

    PulsedClientBuilder(HttpClient.Builder plain, UnaryOperator<WebSocket.Listener> pulse) {
        this.plain = plain;
        this.pulse = pulse;
    }

    @Override
    public HttpClient build() {
        return new PulsedClient(plain.build(), pulse);
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler handler) {
        plain.cookieHandler(handler);
        return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration timeout) {
        plain.connectTimeout(timeout);
        return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
        plain.sslContext(context);
        return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
        plain.sslParameters(parameters);
        return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
        plain.executor(executor);
        return this;
    }

    @Override
    public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
        plain.followRedirects(policy);
        return this;
    }

    @Override
    public HttpClient.Builder version(HttpClient.Version version) {
        plain.version(version);
        return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
        plain.priority(priority);
        return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector selector) {
        plain.proxy(selector);
        return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
        plain.authenticator(authenticator);
        return this;
    }
}
