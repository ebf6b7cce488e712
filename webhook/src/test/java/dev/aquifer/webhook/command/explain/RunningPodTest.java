package dev.aquifer.webhook.command.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.command.manifest.Manifests;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is found again in a pod that was stored, of all that the golden cases inject. */
class RunningPodTest {
    private static final Path CASES = Path.of("src/test/resources/inject");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TestFactory
    Stream<DynamicTest> hasItsAuthorsPodWithWhatInjectionGaveAndNothingElse() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream()
                    .map(folder -> dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
        }
    }

    private static void compare(Path folder) throws IOException {
        JsonNode decision = JSON.readTree(folder.resolve("decision.json").toFile());
        if (decision.has("denied")) {
            return;
        }
        JsonNode pod = Manifests.read(folder.resolve("pod.yaml").toString(), System.in)
                .objects()
                .getFirst();
        ObjectNode injected = (ObjectNode) JsonPatch.apply(decision.path("patch"), pod);

        assertThat(new RunningPod(stored(injected)).givenTo((ObjectNode) pod)).isEqualTo(injected);
    }

    /** As an API server stores it, and a webhook that adds a container. */
    private static ObjectNode stored(ObjectNode injected) {
        ObjectNode stored = injected.deepCopy();
        stored.withObjectProperty("metadata")
                .put("uid", "1")
                .withObjectProperty("annotations")
                .put("by", "another");
        stored.withObjectProperty("status").put("phase", "Pending");
        ObjectNode spec = stored.withObjectProperty("spec");
        spec.put("serviceAccountName", "default");
        spec.withArrayProperty("volumes").insertObject(0).put("name", "token").putObject("projected");
        ArrayNode containers = spec.withArrayProperty("containers");
        containers.insertObject(0).put("name", "sidecar");
        containers.forEach(container -> ((ObjectNode) container)
                .withArrayProperty("volumeMounts")
                .insertObject(0)
                .put("name", "token")
                .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount"));
        return stored;
    }
}
