package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.binding.objects.DesiredClaim;
import dev.aquifer.webhook.binding.objects.DesiredVolume;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.objects.TenantNamespace;
import dev.aquifer.webhook.binding.plan.Action.CreateClaim;
import dev.aquifer.webhook.binding.plan.Action.CreateVolume;
import dev.aquifer.webhook.binding.plan.VolumeState.Shared;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The pairs that each source comes to. A case is a folder with {@code volume.yaml}, the PersistentVolume that the claim
 * of the source is bound to, or {@code source.yaml}, what the SharedVolume says itself; {@code pairs.yaml} is what comes
 * of it, and is written anew with {@code -Dgolden.write=true}.
 */
class PairGoldenTest {
    private static final Path CASES = Path.of("src", "test", "resources", "binding");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    @TestFactory
    Stream<DynamicTest> everyCase() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            List<Path> all = folders.filter(Files::isDirectory).sorted().toList();
            return all.stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
        }
    }

    private static void check(Path folder) throws IOException {
        String pairs = YAML.writeValueAsString(pairs(folder));
        Path golden = folder.resolve("pairs.yaml");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, pairs);
        }
        assertThat(golden).content().isEqualTo(pairs);
    }

    private static ObjectNode pairs(Path folder) throws IOException {
        ModelCluster cluster = new ModelCluster(HandleRules.known());
        cluster.namespaces.put(
                "owner",
                new TenantNamespace(
                        "owner", Map.of("aquifer.dev/cluster-sources", "allowed"), AcceptedOwners.NONE, false));
        cluster.namespaces.put(
                "alice",
                new TenantNamespace("alice", Map.of("aquifer.dev/inject", "enabled"), AcceptedOwners.NONE, false));
        Path volume = folder.resolve("volume.yaml");
        if (Files.exists(volume)) {
            cluster.store((ObjectNode) YAML.readTree(volume.toFile()));
            ObjectNode claim = (ObjectNode) YAML.readTree(
                    """
                    metadata: {namespace: owner, name: data}
                    spec: {accessModes: [ReadWriteMany], volumeName: %s}
                    """.formatted(cluster.volumes.keySet().iterator().next()));
            cluster.store(claim);
            claim.withObjectProperty("metadata").put("uid", "uid-data"); // as the volumes' claimRef has it
            ModelCluster.phase(claim, "Bound");
        }
        VolumePlan plan = BindingPlan.of(
                new Shared(known(folder)), cluster, new ExistingPairs(List.of(), List.of()), cluster.rules());
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        VolumeCondition ready = plan.conditions().getFirst();
        result.putObject("sourceReady")
                .put("status", ready.status())
                .put("reason", ready.reason())
                .put("message", ready.message());
        for (Action action : plan.actions()) {
            switch (action) {
                case CreateClaim(DesiredClaim claim) ->
                    result.withArrayProperty("claims").add(claim.toJson());
                case CreateVolume(DesiredVolume made) ->
                    result.withArrayProperty("volumes")
                            .add(made.claimedBy("uid-claim").toJson());
                default -> throw new AssertionError("unexpected " + action);
            }
        }
        return result;
    }

    private static KnownVolume known(Path folder) throws IOException {
        VolumeBuilder volume = new VolumeBuilder("owner", "ref").role("reader", path("/", Access.ReadOnly));
        if (folder.getFileName().toString().startsWith("cached-")) {
            volume.cached().role("writer", path("/", Access.ReadOnly), path("results", Access.ReadWrite));
        } else {
            volume.role("writer", path("/", Access.ReadWrite));
        }
        SharedVolumeSpec spec =
                volume.grant("alice", "reader", "writer").build().spec();
        Path file = folder.resolve("source.yaml");
        JsonNode written =
                YAML.readTree(Files.exists(file) ? Files.readString(file) : "persistentVolumeClaim: {claimName: data}");
        return new KnownVolume(
                "owner",
                "ref",
                "uid-1",
                1,
                new SharedVolumeSpec(
                        YAML.treeToValue(written, Source.class),
                        spec.mountPath(),
                        spec.readPath(),
                        spec.roles(),
                        null,
                        spec.access(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }
}
