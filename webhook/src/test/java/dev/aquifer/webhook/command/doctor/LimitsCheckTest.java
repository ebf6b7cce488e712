package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitsCheckTest {
    private static final String TENANT = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: lab, labels: {aquifer.dev/inject: enabled}}
            """;

    @Test
    void readsCountsAsTheApiServerWritesThem() {
        assertThat(found(quota("persistentvolumeclaims", "1k", "5"))).containsExactly(Severity.OK);
        assertThat(found(quota("persistentvolumeclaims", "1k", "1k"))).containsExactly(Severity.WARNING);
        assertThat(found(quota("count/persistentvolumeclaims", "2k", "1999"))).containsExactly(Severity.OK);
    }

    @Test
    void wantsNoRoomForClaimsWhereNamespacesAreServedByName() {
        String full = quota("persistentvolumeclaims", "5", "5");

        assertThat(found(full)).containsExactly(Severity.WARNING);
        assertThat(found(full + Installation.admission("lab", "--serve=lab"))).containsExactly(Severity.OK);
    }

    private static List<Severity> found(String objects) {
        return new LimitsCheck(Manifest.of(TENANT + objects))
                .run().stream().map(Finding::severity).toList();
    }

    private static String quota(String resource, String limit, String used) {
        return """
                ---
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: quota, namespace: lab}
                status: {hard: {%1$s: "%2$s"}, used: {%1$s: "%3$s"}}
                """.formatted(resource, limit, used);
    }
}
