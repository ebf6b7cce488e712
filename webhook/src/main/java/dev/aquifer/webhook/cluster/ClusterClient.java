package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Makes clients whose watches are known to be lost soon after the API server fell silent, and then begun anew, that wait no
 * longer for an answer than parts of it come, and whose lists are no longer than there is memory for.
 */
public final class ClusterClient extends JdkHttpClientFactory {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PulseRate rate;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("pulse").factory());

    private ClusterClient(PulseRate rate) {
        this.rate = rate;
    }

    /** For the cluster that this program runs in, else the one of KUBECONFIG. */
    public static KubernetesClient create() {
        return create(new KubernetesClientBuilder(), PulseRate.DEFAULT);
    }

    public static KubernetesClient create(Config config, PulseRate rate) {
        return create(new KubernetesClientBuilder().withConfig(config), rate);
    }

    private static KubernetesClient create(KubernetesClientBuilder builder, PulseRate rate) {
        return builder.withHttpClientFactory(new ClusterClient(rate))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("listed-pages", new ListedPages())
                        .addOrReplaceInterceptor("stalled-answers", new StalledAnswers(PATIENCE)))
                .build();
    }

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return new PulsedClientBuilder(super.createNewHttpClientBuilder(), this::pulse);
    }

    @Override
    protected void closeHttpClient(JdkHttpClientImpl client) {
        timer.shutdownNow();
        super.closeHttpClient(client);
    }

    private WebSocket.Listener pulse(WebSocket.Listener listener) {
        return new Pulse(listener, rate, timer, System::nanoTime);
    }
}
