package dev.aquifer.webhook.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.aquifer.certs.IssuedCertificate;
import dev.aquifer.webhook.authority.StoredAuthority.Usable;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthorityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private final List<Authority> started = new ArrayList<>();
    private Installed installed;
    private Vertx vertx;
    private KubernetesClient creator;

    @BeforeEach
    void install() {
        installed = new Installed(api, "auth-" + UUID.randomUUID());
        vertx = Vertx.vertx();
        // the client would try a refused creation again until it works, and none would be seen
        var config = new ConfigBuilder(api.client().getConfiguration())
                .withRequestRetryBackoffLimit(0)
                .build();
        creator = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void remove() {
        started.forEach(Authority::close);
        installed.close();
        creator.close();
        vertx.close().await();
    }

    @Test
    void replicasThatStartTogetherEndWithOneAuthority() {
        installed.configuration(installed.namespace(), true, installed.webhook("ours.aquifer.dev"));
        var leaves = new ConcurrentLinkedQueue<IssuedCertificate>();

        IntStream.range(0, 6).forEach(i -> start(AuthoritySettings.defaults(), leaves::add));
        await().atMost(PATIENCE)
                .until(() -> started.stream()
                        .allMatch(authority -> authority.readiness().isGood()));

        assertThat(leaves.stream()
                        .map(leaf -> leaf.leaf().getIssuerX500Principal())
                        .collect(Collectors.toSet()))
                .hasSize(1);
        var bundle = state().bundle();
        assertThat(bundle.authorities()).hasSize(1);
        leaves.forEach(
                leaf -> bundle.verifyServer(leaf.chain(), installed.names().serviceHost(), Instant.now()));
    }

    @Test
    void admitsEverythingWhileTheAuthorityChangesEveryThreeSeconds() throws InterruptedException {
        var webhooks = List.of(new AllowingWebhook(vertx), new AllowingWebhook(vertx));
        // one replica follows late, as replicas do
        start(hasty(Duration.ofMillis(200)), webhooks.getFirst());
        start(hasty(Duration.ofMillis(1500)), webhooks.getLast());
        await().atMost(PATIENCE).until(() -> webhooks.stream().allMatch(webhook -> webhook.port() > 0));
        installed.configuration(
                installed.namespace(), true, webhooks.stream().map(this::at).toArray(MutatingWebhook[]::new));
        await().atMost(PATIENCE)
                .until(() -> started.stream()
                        .allMatch(authority -> authority.readiness().isGood()));
        // not before the API server itself has seen the bundle
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(refusal()).isNull());
        var attempts = new AtomicInteger();
        var refusals = new ConcurrentLinkedQueue<String>();
        var isOver = new AtomicBoolean();
        var threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> {
                    while (!isOver.get()) {
                        attempts.incrementAndGet();
                        Optional.ofNullable(refusal()).ifPresent(refusals::add);
                    }
                }))
                .toList();

        var signers = new HashSet<String>();
        await().atMost(PATIENCE).until(() -> {
            signers.add(
                    state().current().certificate().getSubjectX500Principal().getName());
            return signers.size() >= 5;
        });
        isOver.set(true);
        for (var thread : threads) {
            thread.join();
        }

        assertThat(refusals).isEmpty();
        assertThat(attempts).hasValueGreaterThan(20);
        assertThat(webhooks).allMatch(webhook -> webhook.calls() >= attempts.get());
    }

    private static AuthoritySettings hasty(Duration tick) {
        return new AuthoritySettings(
                Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofMillis(1500), tick);
    }

    private @Nullable String refusal() {
        var object = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(installed.namespace())
                .withName("probe")
                .endMetadata()
                .build();
        try {
            creator.resource(object).dryRun().create();
            return null;
        } catch (KubernetesClientException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private MutatingWebhook at(AllowingWebhook webhook) {
        return new MutatingWebhookBuilder(installed.webhook("port-%d.aquifer.dev".formatted(webhook.port())))
                .withNewClientConfig()
                .withUrl("https://127.0.0.1:%d/".formatted(webhook.port()))
                .endClientConfig()
                .build();
    }

    private void start(AuthoritySettings settings, LeafConsumer consumer) {
        var authority = Authority.on(
                installed.client(),
                Installed.OBJECTS,
                installed.names("127.0.0.1"),
                settings,
                Clock.systemUTC(),
                consumer);
        started.add(authority);
        authority.start();
    }

    private AuthorityState state() {
        return assertThat(installed.store().read())
                .asInstanceOf(type(Usable.class))
                .actual()
                .state();
    }
}
