package dev.aquifer.benchmarks;

import dev.aquifer.webhook.api.SharedVolume;
import dev.aquifer.webhook.entitlement.KnownVolume;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fills the cluster of KUBECONFIG with namespaces, and with one shared volume each in the first of them. */
final class Crowd {
    private static final int AT_ONCE = 16;

    private Crowd() {}

    /** Arguments: how many namespaces, how many shared volumes. */
    public static void main(String[] arguments) {
        int namespaces = Integer.parseInt(arguments[0]);
        int volumes = Integer.parseInt(arguments[1]);
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            inParallel(IntStream.range(0, namespaces).<Runnable>mapToObj(i -> () -> addNamespace(client, "team-" + i)));
            inParallel(Samples.volumes(volumes).stream().map(volume -> () -> addVolume(client, volume)));
        }
    }

    private static void inParallel(Stream<Runnable> tasks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            tasks.map(threads::submit).toList().forEach(Crowd::await);
        }
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the cluster could not be filled", e);
        }
    }

    private static void addNamespace(KubernetesClient client, String name) {
        Map<String, String> labels = Map.of("aquifer.dev/inject", "enabled", "aquifer.dev/tenant", name);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private static void addVolume(KubernetesClient client, KnownVolume known) {
        ObjectMeta metadata = new ObjectMetaBuilder()
                .withNamespace(known.owner())
                .withName(known.name())
                .build();
        SharedVolume volume = new SharedVolume();
        volume.setMetadata(metadata);
        volume.setSpec(known.spec());
        client.resource(volume).create();
    }
}
