package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.command.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginRoomCheckTest {
    private static final String VOLUME = """
            ---
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: team-a, uid: one}
            spec: {readPath: Cached}
            """;
    private static final String BINDER = "---\n" + InstalledBinder.MANIFEST + """
            spec:
              template:
                spec:
                  containers:
                    - env:
                        - {name: AQUIFER_ORIGIN_RESOURCES, value: '%s'}
            """;
    private static final String QUOTA = """
            ---
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: quota, namespace: team-a}
            spec: {hard: {%s: "1"}}
            status: {hard: {%1$s: "1"}, used: {%1$s: "1"}}
            """;
    private static final String RANGE = """
            ---
            apiVersion: v1
            kind: LimitRange
            metadata: {name: range, namespace: team-a}
            spec: {limits: [{type: Container, max: {%s}}]}
            """;
    private static final String ORIGIN = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: team-a}
            status: {replicas: %d}
            """;

    @Test
    void wantsADefaultLimitOfCpuWhereOriginsStateNone() {
        assertThat(findings(QUOTA.formatted("limits.cpu")))
                .singleElement()
                .asString()
                .contains("limits.cpu", "default: {cpu:");
    }

    @Test
    void wantsNoDefaultLimitOfCpuWhereTheBinderWasToldOfOne() {
        String told = "{\"limits\": {\"cpu\": \"2\", \"memory\": \"1Gi\"}}";
        assertAllWell(findings(BINDER.formatted(told), QUOTA.formatted("limits.cpu")));
    }

    @Test
    void wantsADefaultOfWhatTheBinderWasToldToLeaveOut() {
        String told = "{\"limits\": {\"memory\": \"1Gi\"}}";
        assertThat(findings(BINDER.formatted(told), QUOTA.formatted("requests.cpu")))
                .singleElement()
                .asString()
                .contains("a default request of cpu", "defaultRequest");
    }

    @Test
    void letsOriginsHaveAsMuchMemoryAsTheBinderWasTold() {
        String small = "{\"limits\": {\"memory\": \"256Mi\"}}";
        String large = "{\"limits\": {\"memory\": \"2Gi\"}}";
        assertAllWell(findings(BINDER.formatted(small), RANGE.formatted("memory: 512Mi")));
        assertThat(findings(BINDER.formatted(large), RANGE.formatted("memory: 1Gi")))
                .singleElement()
                .asString()
                .contains("2Gi of memory", "1Gi at most");
    }

    @Test
    void letsOriginsHaveAsMuchCpuAsTheBinderWasTold() {
        String told = "{\"limits\": {\"cpu\": \"1500m\", \"memory\": \"256Mi\"}}";
        assertThat(findings(BINDER.formatted(told), RANGE.formatted("cpu: 1")))
                .singleElement()
                .asString()
                .contains("1500m of cpu", "1 at most");
    }

    @Test
    void takesTheDefaultWhereTheBinderWasToldNothingThatCanBeRead() {
        assertAllWell(findings(BINDER.formatted("{"), RANGE.formatted("memory: 768Mi")));
        assertThat(findings(BINDER.formatted("{"), RANGE.formatted("memory: 512Mi")))
                .singleElement()
                .asString()
                .contains("768Mi of memory");
    }

    @Test
    void wantsNoRoomForOriginsThatRun() {
        String name = Dataset.originOf("team-a", "ref", "one");
        String quota = QUOTA.formatted("pods");
        assertAllWell(findings(quota, ORIGIN.formatted(name, 1)));
        assertThat(findings(quota, ORIGIN.formatted(name, 0)).getFirst().severity())
                .isEqualTo(Severity.WARNING);
        assertThat(findings(quota, ORIGIN.formatted("another", 1)).getFirst().severity())
                .isEqualTo(Severity.WARNING);
    }

    @Test
    void readsCountsAsTheApiServerWritesThem() {
        assertAllWell(findings(QUOTA.formatted("pods").replace("hard: {pods: \"1\"}", "hard: {pods: 1k}")));
    }

    private static void assertAllWell(List<Finding> findings) {
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.OK);
    }

    private static List<Finding> findings(String... objects) {
        return new OriginRoomCheck(Manifest.of(VOLUME + String.join("", objects))).run();
    }
}
