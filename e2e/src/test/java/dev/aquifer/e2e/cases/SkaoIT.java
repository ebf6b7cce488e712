package dev.aquifer.e2e.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Case 5, skao: products are staged into user areas, as a copy or as a link that resolves where the user follows it. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class SkaoIT {
    private static final Path EXAMPLE = Path.of("../manifests/examples/skao");
    private static final String STAGING = "ska-staging";
    private static final String ANNA = "ska-anna";
    private static final String BEN = "ska-ben";
    private static final int USER = 1000;
    private static final Map<String, String> AREAS = Map.of(
            "area-nfs",
            "nfs: {server: nfs.example.org, path: /ska/areas}",
            "area-ceph",
            "cephfs: {clusterID: 1a2b3c4d, fsName: ska, rootPath: /areas, secretRef: {name: ceph-user, namespace: ska-data}}");

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory storage;

    private final Cluster cluster;

    private final Installation aquifer;

    SkaoIT(Installation aquifer) {
        this.aquifer = aquifer;
        this.cluster = aquifer.cluster();
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        Cluster cluster = aquifer.cluster();
        storage = HostDirectory.make("aquifer-ska-");
        Files.createDirectories(storage.path().resolve("products/scan-1"));
        Files.writeString(storage.path().resolve("products/scan-1/image.fits"), "sky\n");
        for (String area : List.of("areas", "areas/anna", "areas/ben")) {
            Path directory = Files.createDirectory(storage.path().resolve(area));
            Files.setAttribute(directory, "unix:uid", USER);
        }
        for (String file : List.of("namespaces.yaml", "source-local.yaml", "areas.yaml")) {
            String manifest = Files.readString(EXAMPLE.resolve(file))
                    .replace("/srv/ska", storage.path().toString());
            // the right to name storage of the cluster is looked up when it is used
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() ->
                            !cluster.kubectlOn(manifest, "apply", "-f", "-").isEmpty());
        }
        for (String volume : List.of("products", "areas", "area-anna", "area-ben")) {
            cluster.kubectl(
                    "-n", "ska-data", "wait", "--for=condition=Ready", "sharedvolume/" + volume, "--timeout=180s");
        }
        cluster.kubectl("apply", "-f", EXAMPLE.resolve("staging.yaml").toString());
        cluster.kubectl("-n", STAGING, "rollout", "status", "deployment/staging", "--timeout=180s");
        for (String user : List.of(ANNA, BEN)) {
            awaitNotebook(cluster, user);
        }
    }

    /** What admission knows of volumes and namespaces is some moments old: a notebook that came too early comes again. */
    private static void awaitNotebook(Cluster cluster, String namespace) {
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> {
            cluster.kubectl("-n", namespace, "delete", "pod", "notebook", "--ignore-not-found", "--now");
            cluster.kubectl(
                    "-n",
                    namespace,
                    "apply",
                    "-f",
                    EXAMPLE.resolve("notebook.yaml").toString());
            assertThat(cluster.kubectl("-n", namespace, "get", "pod", "notebook", "-o", "jsonpath={.spec.volumes}"))
                    .contains("aquifer-");
        });
        cluster.kubectl("-n", namespace, "wait", "--for=condition=Ready", "pod/notebook", "--timeout=180s");
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.cluster()
                .kubectl(
                        "delete",
                        "-f",
                        EXAMPLE.resolve("namespaces.yaml").toString(),
                        "--ignore-not-found",
                        "--timeout=180s");
        storage.close();
    }

    @Test
    void aCopyIsTheUsersOwnFile() {
        stage(
                "cp /ska/products/scan-1/image.fits /ska/areas/anna/copy && cp /ska/products/scan-1/image.fits /ska/areas/ben/");

        assertThat(exec(ANNA, "cat /ska/area/copy")).isEqualTo("sky\n");
        exec(BEN, "cat /ska/area/image.fits && rm /ska/area/image.fits");
        assertThat(storage.path().resolve("products/scan-1/image.fits")).hasContent("sky\n");
    }

    @Test
    void aLinkResolvesInThePodOfWhoMayHaveLinks() {
        stage("for user in anna ben; do ln -s /ska/products/scan-1/image.fits /ska/areas/$user/link; done");

        assertThat(exec(ANNA, "cat /ska/area/link")).isEqualTo("sky\n");
        assertThatThrownBy(() -> exec(ANNA, "echo mine > /ska/area/link"))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> exec(BEN, "cat /ska/area/link")).hasMessageContaining("No such file or directory");
    }

    @Test
    void nobodyButTheServiceSeesTheAreasOfOthers() throws IOException {
        Files.writeString(storage.path().resolve("areas/ben/secret"), "of Ben\n");

        assertThat(exec(ANNA, "ls /ska")).isEqualTo("area\nproducts\n");
        assertThat(exec(BEN, "ls /ska; cat /ska/area/secret")).isEqualTo("area\nof Ben\n");
        assertThatThrownBy(() -> exec(ANNA, "cat /ska/area/../ben/secret"))
                .hasMessageContaining("No such file or directory");
        assertThatThrownBy(() -> cluster.kubectlOn("""
                apiVersion: v1
                kind: Pod
                metadata: {name: climber, annotations: {aquifer.dev/volumes: ska-data/areas@stager}}
                spec:
                  containers: [{name: main, image: "busybox:1"}]
                """, "-n", ANNA, "create", "--dry-run=server", "-f", "-"))
                .hasMessageContaining("is not available to service account \"default\"");
    }

    @Test
    void theServiceWritesAreasAndNoProduct() {
        assertThatThrownBy(() -> stage("touch /ska/products/scan-1/mine"))
                .hasMessageContaining("Read-only file system");
        assertThat(cluster.kubectl(
                        "-n",
                        STAGING,
                        "get",
                        "deployment,poddisruptionbudget,horizontalpodautoscaler",
                        "staging",
                        "-o",
                        "jsonpath={.items[*]['status.readyReplicas','spec.minAvailable','spec.minReplicas']}"))
                .isEqualTo("2 1 2");
        assertThat(cluster.kubectl(
                        "-n",
                        STAGING,
                        "get",
                        "horizontalpodautoscaler",
                        "staging",
                        "-o",
                        "jsonpath={.spec.metrics[*].resource.name}"))
                .isEqualTo("cpu memory");
        assertThat(cluster.kubectl(
                        "apply",
                        "--dry-run=server",
                        "-f",
                        EXAMPLE.resolve("ingress.yaml").toString(),
                        "-o",
                        "jsonpath={.spec.tls[0].secretName} {.spec.rules[0].http.paths[*].path}"))
                .isEqualTo("staging-tls /stage_data /logs /");
    }

    @Test
    void anAreaOfNfsOrCephIsTheUsersDirectoryOfIt() throws IOException {
        String areas = Files.readString(EXAMPLE.resolve("areas.yaml"));
        String anna = areas.split("---\n", -1)[1];
        for (Map.Entry<String, String> area : AREAS.entrySet()) {
            String manifest = anna.replace("name: area-anna", "name: " + area.getKey())
                    .replace("hostPath: {path: /srv/ska/areas}", area.getValue())
                    .replace("mountPath: /ska/area", "mountPath: /ska/" + area.getKey());
            cluster.kubectlOn(manifest, "apply", "-f", "-");
        }

        await().atMost(Duration.ofMinutes(2))
                .ignoreException(NoSuchElementException.class)
                .untilAsserted(() -> {
                    assertThat(volume("area-nfs").getSpec().getNfs()).satisfies(nfs -> {
                        assertThat(nfs.getPath()).isEqualTo("/ska/areas/anna");
                        assertThat(nfs.getReadOnly()).isNotEqualTo(true);
                    });
                    assertThat(volume("area-ceph").getSpec().getCsi()).satisfies(ceph -> {
                        assertThat(ceph.getVolumeAttributes()).containsEntry("rootPath", "/areas/anna");
                        assertThat(ceph.getReadOnly()).isNotEqualTo(true);
                        assertThat(ceph.getNodeStageSecretRef().getName()).isEqualTo("ceph-user");
                    });
                });
        cluster.kubectl("-n", "ska-data", "delete", "sharedvolume", "area-nfs", "area-ceph");
    }

    @Test
    void aSourceOfNfsOrCephIsWhatItsTypeSays() {
        for (String file : List.of("source-nfs.yaml", "source-cephfs.yaml")) {
            cluster.kubectl("apply", "-f", EXAMPLE.resolve(file).toString());
        }

        await().atMost(Duration.ofMinutes(2))
                .ignoreException(NoSuchElementException.class)
                .untilAsserted(() -> {
                    assertThat(volume("products-nfs").getSpec().getNfs()).satisfies(nfs -> {
                        assertThat(nfs.getServer()).isEqualTo("nfs.example.org");
                        assertThat(nfs.getPath()).isEqualTo("/ska/products");
                    });
                    assertThat(volume("products-ceph").getSpec().getCsi()).satisfies(ceph -> {
                        assertThat(ceph.getDriver()).isEqualTo("cephfs.csi.ceph.com");
                        assertThat(ceph.getNodeStageSecretRef().getName()).isEqualTo("ceph-user");
                        assertThat(ceph.getVolumeAttributes()).containsEntry("rootPath", "/products");
                        assertThat(ceph.getVolumeAttributes().toString()).doesNotContain("ceph-user");
                    });
                });
        cluster.kubectl("-n", "ska-data", "delete", "sharedvolume", "products-nfs", "products-ceph");
    }

    private PersistentVolume volume(String sharedVolume) {
        String uid = cluster.kubectl(
                "-n", "ska-data", "get", "sharedvolume", sharedVolume, "-o", "jsonpath={.metadata.uid}");
        return aquifer.client()
                .persistentVolumes()
                .withLabel("aquifer.dev/shared-volume-uid", uid)
                .list()
                .getItems()
                .getFirst();
    }

    private void stage(String script) {
        cluster.kubectl("-n", STAGING, "exec", "deployment/staging", "--", "sh", "-c", script);
    }

    private String exec(String namespace, String script) {
        return cluster.kubectl("-n", namespace, "exec", "notebook", "--", "sh", "-c", script);
    }
}
