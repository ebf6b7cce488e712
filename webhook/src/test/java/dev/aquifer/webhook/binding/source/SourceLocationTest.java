package dev.aquifer.webhook.binding.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SourceLocationTest {
    private static final String PAIR = "aquifer-ro-climate-ref-enflffflpxxkzs4g";
    private static final String ON =
            "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}]}}";

    private final HandleRules rules = HandleRules.known();
    private final YAMLMapper yaml = new YAMLMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            provisioned NFS    | csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: s, share: /e, subDir: pvc-1}}   | csi: {driver: nfs.csi.k8s.io, volumeHandle: b, volumeAttributes: {server: s, share: /e, subDir: pvc-2}}
            NFS as stored      | csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: s, share: /e, subdir: pvc-1}}   | csi: {driver: nfs.csi.k8s.io, volumeHandle: b, volumeAttributes: {server: s, share: /e, subdir: pvc-2}}
            provisioned SMB    | csi: {driver: smb.csi.k8s.io, volumeHandle: a, volumeAttributes: {source: //s/e, subDir: pvc-1}}          | csi: {driver: smb.csi.k8s.io, volumeHandle: b, volumeAttributes: {source: //s/e, subDir: pvc-2}}
            CephFS             | csi: {driver: cephfs.csi.ceph.com, volumeAttributes: {clusterID: c, rootPath: /, fsName: one}}            | csi: {driver: cephfs.csi.ceph.com, volumeAttributes: {clusterID: c, rootPath: /, fsName: two}}
            Azure Files        | csi: {driver: file.csi.azure.com, volumeAttributes: {shareName: s, storageAccount: a, folderName: x}}     | csi: {driver: file.csi.azure.com, volumeAttributes: {shareName: s, storageAccount: a, folderName: y}}
            S3                 | {csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: b}}, mountOptions: [prefix one/]}          | {csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: b}}, mountOptions: [--prefix=two/]}
            Cloud Storage      | {csi: {driver: gcsfuse.csi.storage.gke.io, volumeHandle: b}, mountOptions: [only-dir=x]}                 | {csi: {driver: gcsfuse.csi.storage.gke.io, volumeHandle: b}, mountOptions: [only-dir=y]}
            JuiceFS            | csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: x, namespace: n}}           | csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: y, namespace: n}}
            a driver unknown   | csi: {driver: nobody.knows, volumeHandle: a}                                                             | csi: {driver: nobody.knows, volumeHandle: b}
            NFS                | nfs: {server: s, path: /a}                                                                               | nfs: {server: s, path: /b}
            """)
    void twoPlacesAreTwo(String what, String one, String other) throws IOException {
        assertThat(place(one)).isNotEqualTo(place(other));
        assertThat(SourceLocation.exactly(spec(one), rules)).isNotEqualTo(SourceLocation.exactly(spec(other), rules));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            NFS by the driver  | csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: s, share: /e, subDir: x}}       | csi: {driver: nfs.csi.k8s.io, volumeHandle: b, volumeAttributes: {subdir: x, share: /e, server: s, mountPermissions: "0"}}
            S3                 | {csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: b}}, mountOptions: [prefix one/, ro]}      | {csi: {driver: s3.csi.aws.com, volumeAttributes: {bucketName: b}}, mountOptions: [region eu, prefix one/]}
            JuiceFS            | csi: {driver: csi.juicefs.com, volumeHandle: a, nodePublishSecretRef: {name: x, namespace: n}}           | csi: {driver: csi.juicefs.com, volumeHandle: b, nodePublishSecretRef: {name: x, namespace: n}}
            NFS                | {nfs: {server: s, path: /a}, mountOptions: [ro]}                                                         | nfs: {server: s, path: /a, readOnly: true}
            """)
    void onePlaceIsOneWhoeverMadeTheVolume(String what, String one, String other) throws IOException {
        assertThat(place(one)).isEqualTo(place(other));
    }

    @Test
    void aFolderOfOneNodeIsNotThatOfAnother() throws IOException {
        String one = "{local: {path: /data}, %s}".formatted(ON.formatted("one"));

        assertThat(place(one)).isNotEqualTo(place("{local: {path: /data}, %s}".formatted(ON.formatted("two"))));
        assertThat(place(one)).isEqualTo(place("{%s, local: {path: /data}}".formatted(ON.formatted("one"))));
    }

    @Test
    void aPairIsWhereItsSourceIsThoughItsHandleHasASuffix() throws IOException {
        String driver = "gcsfuse.csi.storage.gke.io";
        HandleRule rule = Objects.requireNonNull(rules.of(driver));
        String text = "csi: {driver: %s, volumeHandle: \"%s\"}";

        assertThat(SourceLocation.of(spec(text.formatted(driver, rule.handle("bucket", PAIR))), PAIR, rules))
                .isEqualTo(place(text.formatted(driver, "bucket")));
    }

    @Test
    void whatAProvisionerNotesDoesNotMakeAnotherDataset() throws IOException {
        String noted =
                "csi: {driver: nfs.csi.k8s.io, volumeHandle: a, volumeAttributes: {server: s, share: /e, csi.storage.k8s.io/pv/name: x, storage.kubernetes.io/csiProvisionerIdentity: y}}";
        String plain =
                "{csi: {driver: nfs.csi.k8s.io, volumeHandle: b, readOnly: true, volumeAttributes: {server: s, share: /e}}, mountOptions: [ro]}";

        assertThat(SourceLocation.exactly(spec(noted), rules)).isEqualTo(SourceLocation.exactly(spec(plain), rules));
    }

    private String place(String text) throws IOException {
        return SourceLocation.of(spec(text), "pv", rules);
    }

    private JsonNode spec(String text) throws IOException {
        return yaml.readTree(text);
    }
}
