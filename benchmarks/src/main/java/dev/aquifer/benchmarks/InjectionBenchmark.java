package dev.aquifer.benchmarks;

import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.inject.pod.MalformedPodException;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.NameCache;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entitlement and injection, from the pod's bytes to the patch, where one of the shared volumes known concerns the pod.
 * The three methods are stages of one another: skipping over the bytes, reading the pod, deciding as well.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class InjectionBenchmark {
    /** Shared volumes known, of as many owners; all are granted to namespaces of their own but one. */
    @Param({"1", "100", "10000"})
    private int volumes;

    @Param({"1", "200"})
    private int containers;

    private final NameCache names = new NameCache();
    private final Injector injector = new Injector(true);
    private Tenant tenant;
    private Catalog catalog;
    private byte[] pod;

    @Setup
    public void setUp() throws MalformedJsonException, MalformedPodException {
        tenant = Samples.tenant();
        catalog = Catalog.of(Samples.volumes(volumes));
        pod = Samples.pod(containers);
        if (!(decide() instanceof Decision.Admit admit) || admit.patch().length == 0) {
            throw new IllegalStateException("the pod is to get its volume, or nothing is measured");
        }
    }

    /** What no reader of the pod can be faster than. */
    @Benchmark
    public JsonReader skip() throws MalformedJsonException {
        JsonReader reader = new JsonReader(pod, pod.length, names);
        reader.skip();
        return reader;
    }

    @Benchmark
    public Pod read() throws MalformedJsonException, MalformedPodException {
        return Pod.read(new JsonReader(pod, pod.length, names));
    }

    @Benchmark
    public Decision decide() throws MalformedJsonException, MalformedPodException {
        return injector.decide(tenant, read(), catalog);
    }
}
