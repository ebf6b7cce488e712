package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.rest.ApiException;
import org.junit.jupiter.api.Test;

class InstalledAdmissionTest {
    @Test
    void isWhatItsDeploymentSays() {
        assertThat(find(Manifest.of(deployment("--accept-from=genomes", "")))).satisfies(installed -> {
            assertThat(installed.accepted()).isEqualTo(AcceptedOwners.parse("genomes"));
            assertThat(installed.serves()).isTrue();
            assertThat(installed.doubt()).isNull();
        });
    }

    @Test
    void isWhatItsEnvironmentSaysWhereItHasNoSuchArgument() {
        assertThat(find(Manifest.of(deployment("", """
                        {name: AQUIFER_ACCEPT_FROM, value: genomes}, {name: AQUIFER_SELINUX, value: "true"}""")))).satisfies(installed -> {
            assertThat(installed.accepted()).isEqualTo(AcceptedOwners.parse("genomes"));
            assertThat(installed.injector()).isEqualTo(new Injector(true, true));
            assertThat(installed.doubt()).isNull();
        });
        assertThat(find(Manifest.of(
                        deployment("--accept-from=genomes", "{name: AQUIFER_ACCEPT_FROM, value: climate-data}"))))
                .extracting(InstalledAdmission::accepted)
                .isEqualTo(AcceptedOwners.parse("genomes"));
        assertThat(find(Manifest.of(deployment("", "{name: AQUIFER_SERVE, value: ramses}")))
                        .serves())
                .isFalse();
    }

    @Test
    void saysWhatOfItItsDeploymentDoesNotSay() {
        assertThat(find(Manifest.of(deployment("--serve=anna", """
                        {name: AQUIFER_ACCEPT_FROM, valueFrom: {configMapKeyRef: {name: owners, key: all}}},
                        {name: AQUIFER_SERVE, valueFrom: {configMapKeyRef: {name: owners, key: all}}}""")))).satisfies(installed -> {
            assertThat(installed.accepted()).isEqualTo(AcceptedOwners.NONE);
            assertThat(installed.doubt())
                    .startsWith("what the running admission was told by --accept-from cannot be read");
        });
    }

    @Test
    void saysThatItServesOtherNamespaces() {
        assertThat(find(Manifest.of(deployment("--serve=ramses", "")))).satisfies(installed -> {
            assertThat(installed.serves()).isFalse();
            assertThat(installed.doubt()).contains("no admission that is installed serves namespace \"anna\"");
        });
    }

    @Test
    void believesNoDeploymentOfATenants() {
        KubernetesObjects objects = Manifest.of(Installation.admission("anna", "--accept-from=*")
                + "---\n"
                + deployment("--accept-from=genomes", "")
                + Installation.calledIn("aquifer-system"));

        assertThat(find(objects).accepted()).isEqualTo(AcceptedOwners.parse("genomes"));
    }

    @Test
    void saysThatNoneIsInstalledInACluster() {
        KubernetesObjects nothing = Manifest.of("");

        assertThat(find(nothing).doubt()).contains("no admission is installed");
        assertThat(InstalledAdmission.find(nothing, "anna", false).doubt()).isNull();
    }

    @Test
    void saysThatItsDeploymentMayNotBeRead() {
        assertThat(find(new RefusedObjects(403))).satisfies(installed -> {
            assertThat(installed.serves()).isTrue();
            assertThat(installed.doubt()).contains("you may not list Deployments", "--accept-from");
        });
    }

    @Test
    void goesOnWithNoOtherFailure() {
        assertThatThrownBy(() -> find(new RefusedObjects(500))).isInstanceOf(ApiException.class);
    }

    private static String deployment(String argument, String variables) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: aquifer-admission
              namespace: aquifer-system
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: admission}
            spec: {template: {spec: {containers: [{name: admission, args: [admission, "%s"], env: [%s]}]}}}
            """.formatted(argument, variables);
    }

    private static InstalledAdmission find(KubernetesObjects objects) {
        return InstalledAdmission.find(objects, "anna", true);
    }
}
