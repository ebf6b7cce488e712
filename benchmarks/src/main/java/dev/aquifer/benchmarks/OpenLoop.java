package dev.aquifer.benchmarks;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts one body at a steady rate, whether answers come or not, and counts each latency from when the request was due:
 * a server that stalls cannot make its own load wait (no coordinated omission).
 */
final class OpenLoop {
    private static final int CONNECTIONS = 64;
    /** Its own compilers take two fifths of two cores for so long, and the server waits behind them. */
    private static final int WARM_UP_SECONDS = 15;

    private final HttpClientAgent client;
    private final RequestOptions request;
    private final Buffer body;
    private final Context loop;
    private final Latencies latencies;

    private OpenLoop(Vertx vertx, HttpClientOptions tls, String url, Buffer body, int count) {
        client = vertx.createHttpClient(tls, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        request = new RequestOptions()
                .setAbsoluteURI(url)
                .setMethod(HttpMethod.POST)
                .putHeader("Content-Type", "application/json");
        this.body = body;
        loop = vertx.getOrCreateContext();
        latencies = new Latencies(count);
    }

    /**
     * Prints ROW, p50, p99 and p99.9 in ms and the number of failures, with tabs between. Arguments: URL, file of the body,
     * requests per second, seconds, and the file of the server's authority; without that the cluster of KUBECONFIG.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rate = Integer.parseInt(arguments[2]);
        int count = rate * Integer.parseInt(arguments[3]);
        HttpClientOptions tls =
                arguments.length > 4 ? trusting(Files.readString(Path.of(arguments[4]))) : ofKubeconfig();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Buffer body = Buffer.buffer(Files.readAllBytes(Path.of(arguments[1])));
        OpenLoop load = new OpenLoop(vertx, tls, arguments[0], body, count);
        load.run(rate, count);
        System.out.println("ROW\t" + load.latencies.row()); // logs go to the same stream
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpClientOptions trusting(String authority) {
        return new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)));
    }

    private static HttpClientOptions ofKubeconfig() {
        Config config = Config.autoConfigure(null);
        HttpClientOptions options = trusting(decode(config.getCaCertData()));
        return options.setKeyCertOptions(new PemKeyCertOptions()
                .setKeyValue(Buffer.buffer(decode(config.getClientKeyData())))
                .setCertValue(Buffer.buffer(decode(config.getClientCertData()))));
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII);
    }

    private void run(int rate, int count) throws InterruptedException {
        long gap = TimeUnit.SECONDS.toNanos(1) / rate;
        int warmUp = rate * WARM_UP_SECONDS;
        long start = System.nanoTime();
        for (int i = 0; i < warmUp + count; i++) {
            long due = start + i * gap;
            boolean counts = i >= warmUp;
            waitUntil(due);
            loop.runOnContext(now -> send(due, counts));
        }
        latencies.awaitAll();
    }

    private void send(long due, boolean counts) {
        client.request(request)
                .compose(prepared -> prepared.send(body))
                .compose(response -> response.body().map(read -> response.statusCode() / 100 == 2))
                .recover(failed -> Future.succeededFuture(false))
                .onSuccess(ok -> {
                    if (counts) {
                        latencies.add(System.nanoTime() - due, ok);
                    }
                });
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
