package dev.aquifer.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.inject.MalformedPodException;
import dev.aquifer.webhook.inject.Pod;
import java.io.IOException;
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

    /** As admission reads a review. */
    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Injector injector = new Injector(true);
    private Tenant tenant;
    private Catalog catalog;
    private byte[] pod;

    @Setup
    public void setUp() throws IOException, MalformedPodException {
        tenant = Samples.tenant();
        catalog = Catalog.of(Samples.volumes(volumes));
        pod = Samples.pod(containers);
        if (!(decide() instanceof Decision.Admit admit) || admit.patch().length == 0) {
            throw new IllegalStateException("the pod is to get its volume, or nothing is measured");
        }
    }

    /** What no reader of the pod can be faster than. */
    @Benchmark
    public int skip() throws IOException {
        int tokens = 0;
        try (JsonParser parser = json.createParser(pod)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public Pod read() throws IOException, MalformedPodException {
        try (JsonParser parser = json.createParser(pod)) {
            parser.nextToken();
            return Pod.read(parser);
        }
    }

    @Benchmark
    public Decision decide() throws IOException, MalformedPodException {
        return injector.decide(tenant, read(), catalog);
    }
}
