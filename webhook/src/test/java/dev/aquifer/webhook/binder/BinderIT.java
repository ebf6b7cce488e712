package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.pairs.Applier;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of bindings when namespaces, grants, SharedVolumes, sources and the pairs themselves change. */
final class BinderIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final BindingWorld world = new BindingWorld(api);

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static BindingWorld.Running running;

    @BeforeAll
    static void start() {
        running = world.binder("only", BindMode.FAST);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void bindsANamespaceThatIsGrantedTheVolume() {
        world.owner("bind-owner");
        world.share("bind-owner", "ref", "bind");
        world.tenant("bind-tenant", "bind");

        PersistentVolumeClaim claim = world.bound("bind-tenant");
        PersistentVolume volume = world.volume(claim.getSpec().getVolumeName());
        assertThat(volume.getSpec().getPersistentVolumeReclaimPolicy()).isEqualTo("Retain");
        assertThat(volume.getSpec().getHostPath().getPath()).isEqualTo("/srv/source-bind-owner");
        assertThat(volume.getSpec().getClaimRef().getUid())
                .isEqualTo(claim.getMetadata().getUid());
        assertThat(volume.getSpec().getAccessModes()).containsExactly("ReadOnlyMany");
        assertThat(claim.getStatus().getCapacity()).isEqualTo(volume.getSpec().getCapacity());
        eventually(() -> {
            assertThat(world.condition("bind-owner", "ref", "Ready")).isEqualTo("True/Ready");
            var status = world.sharedVolume("bind-owner", "ref").path("status");
            assertThat(status.path("boundNamespaces").asInt()).isEqualTo(1);
            assertThat(status.path("roles").asText()).isEqualTo("reader");
            assertThat(status.path("sourceVolume").asText()).isEqualTo("source-bind-owner");
        });
    }

    @Test
    void takesThePairAwayWithTheLabelAndBringsItBack() {
        world.owner("label-owner");
        world.share("label-owner", "ref", "label");
        world.tenant("label-tenant", "label");
        world.bound("label-tenant");

        world.label("label-tenant", "aquifer.dev/inject", "disabled");
        world.gone("label-tenant");

        world.label("label-tenant", "aquifer.dev/inject", "enabled");
        world.bound("label-tenant");
    }

    @Test
    void takesThePairAwayWithTheGrant() {
        world.owner("grant-owner");
        world.share("grant-owner", "ref", "grant");
        world.tenant("grant-tenant", "grant");
        world.bound("grant-tenant");

        world.share("grant-owner", "ref", "somebody-else");
        world.gone("grant-tenant");
    }

    @Test
    void takesAllPairsAwayWithTheSharedVolume() {
        world.owner("delete-owner");
        world.share("delete-owner", "ref", "delete");
        world.tenant("delete-tenant-1", "delete");
        world.tenant("delete-tenant-2", "delete");
        world.bound("delete-tenant-1");
        world.bound("delete-tenant-2");

        world.kubectl("delete", "sharedvolume", "-n", "delete-owner", "ref", "--timeout=30s");
        world.gone("delete-tenant-1");
        world.gone("delete-tenant-2");
        assertThat(world.volume("source-delete-owner").getStatus().getPhase()).isEqualTo("Bound");
    }

    @Test
    void leavesNothingOfANamespaceThatIsDeleted() {
        world.owner("namespace-owner");
        world.share("namespace-owner", "ref", "namespace");
        world.tenant("namespace-tenant", "namespace");
        world.bound("namespace-tenant");

        world.kubectl("delete", "namespace", "namespace-tenant", "--timeout=30s");
        world.gone("namespace-tenant");
    }

    @Test
    void makesASuccessorOfAClaimThatWasDeletedByHand() {
        world.owner("claim-owner");
        world.share("claim-owner", "ref", "claim");
        world.tenant("claim-tenant", "claim");
        PersistentVolumeClaim first = world.bound("claim-tenant");

        world.delete(first);
        eventually(() -> assertThat(world.bound("claim-tenant").getMetadata().getName())
                .isNotEqualTo(first.getMetadata().getName()));
        assertThat(world.sharedVolume("claim-owner", "ref")
                        .at("/status/revisions/exceptions/claim-tenant~1ro")
                        .asInt())
                .isEqualTo(1);
        eventually(() -> assertThat(world.volumesFor("claim-tenant")).hasSize(1));
    }

    @Test
    void makesASuccessorOfAVolumeThatWasDeletedByHand() {
        world.owner("volume-owner");
        world.share("volume-owner", "ref", "volume");
        world.tenant("volume-tenant", "volume");
        PersistentVolumeClaim first = world.bound("volume-tenant");

        world.delete(world.volume(first.getSpec().getVolumeName()));
        eventually(() -> assertThat(world.bound("volume-tenant").getMetadata().getName())
                .isNotEqualTo(first.getMetadata().getName()));
    }

    @Test
    void followsASourceThatIsBoundToAnotherVolume() {
        world.owner("follow-owner");
        world.share("follow-owner", "ref", "follow");
        world.tenant("follow-tenant", "follow");
        world.bound("follow-tenant");

        world.kubectl("delete", "pvc", "-n", "follow-owner", "data", "--timeout=30s");
        eventually(() -> assertThat(world.condition("follow-owner", "ref", "SourceReady"))
                .startsWith("False/"));
        world.bound("follow-tenant");

        world.source("follow-owner", "data", "moved-follow-owner");
        eventually(() -> assertThat(
                        world.volume(world.bound("follow-tenant").getSpec().getVolumeName())
                                .getSpec()
                                .getHostPath()
                                .getPath())
                .isEqualTo("/srv/moved-follow-owner"));
        eventually(() -> assertThat(world.condition("follow-owner", "ref", "SourceReady"))
                .startsWith("True/"));
    }

    @Test
    void collectsWhatIsLeftOfASharedVolumeThatWentWithoutUs() {
        world.owner("leftover-owner");
        world.share("leftover-owner", "ref", "leftover");
        world.tenant("leftover-tenant", "leftover");
        world.bound("leftover-tenant");
        running.close();
        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                "leftover-owner",
                "ref",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}");
        world.kubectl("delete", "sharedvolume", "-n", "leftover-owner", "ref", "--timeout=30s");

        running = world.binder("next", BindMode.FAST);
        world.gone("leftover-tenant");
    }

    @Test
    void goesOnOnceTheDefinitionIsBackThatSomebodyRemoved() {
        world.owner("crd-owner");
        world.share("crd-owner", "ref", "crd");
        world.tenant("crd-tenant", "crd");
        world.bound("crd-tenant");

        world.kubectl("delete", "crd", "sharedvolumes.aquifer.dev", "--timeout=60s");
        try {
            world.gone("crd-tenant");
            assertThat(world.volume("source-crd-owner").getStatus().getPhase()).isEqualTo("Bound");
        } finally {
            api.define();
        }
        eventually(() -> world.share("crd-owner", "ref", "crd"));
        world.bound("crd-tenant");
    }

    @Test
    void deletesNothingBeforeTheDefinitionWasListed() {
        world.owner("unlisted-owner");
        world.share("unlisted-owner", "ref", "unlisted");
        world.tenant("unlisted-tenant", "unlisted");
        PersistentVolumeClaim claim = world.bound("unlisted-tenant");
        running.close();
        world.releaseAll();
        world.kubectl("delete", "crd", "sharedvolumes.aquifer.dev", "--timeout=60s");

        try {
            running = world.binder("unlisted", BindMode.FAST);
            eventually(() -> assertThat(running.binder().problem()).isEqualTo("not everything has been listed yet"));
            BindingWorld.patiently().during(Duration.ofSeconds(3)).untilAsserted(() -> {
                assertThat(running.binder().problem()).isNotNull();
                PersistentVolumeClaim now =
                        world.claim("unlisted-tenant", claim.getMetadata().getName());
                assertThat(now.getMetadata().getDeletionTimestamp()).isNull();
                assertThat(world.volume(claim.getSpec().getVolumeName())
                                .getMetadata()
                                .getDeletionTimestamp())
                        .isNull();
            });
        } finally {
            api.define();
        }
        // the SharedVolume went with its definition: now that is known
        world.gone("unlisted-tenant");
        assertThat(running.binder().problem()).isNull();
    }

    @Test
    void leavesAFieldToWhoeverTookItAndSaysSo() {
        world.owner("field-owner");
        world.share("field-owner", "ref", "field");
        world.tenant("field-tenant", "field");
        String volume = world.bound("field-tenant").getSpec().getVolumeName();

        api.command()
                .runWithInput(
                        """
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: %s}
                        spec: {storageClassName: fast}
                        """.formatted(volume),
                        "kubectl",
                        "apply",
                        "--server-side",
                        "--force-conflicts",
                        "--field-manager=somebody-else",
                        "-f",
                        "-")
                .succeeded();

        eventually(
                () -> assertThat(world.condition("field-owner", "ref", "Bound")).isEqualTo("False/FieldConflict"));
        assertThat(world.volume(volume).getSpec().getStorageClassName()).isEqualTo("fast");

        world.kubectl("patch", "pv", volume, "-p", "{\"spec\":{\"storageClassName\":\"\"}}");
        eventually(
                () -> assertThat(world.condition("field-owner", "ref", "Bound")).startsWith("True/"));
    }

    @Test
    void reportsAClaimThatSomebodyMadeUnderItsName() {
        world.owner("foreign-owner");
        world.share("foreign-owner", "ref", "foreign");
        String uid =
                world.sharedVolume("foreign-owner", "ref").at("/metadata/uid").asText();
        String name = new PairIdentity("foreign-owner", "ref", uid, "foreign-tenant", PairMode.READ_ONLY).name(0);
        api.namespace("foreign-tenant", Map.of("foreign", "true"));
        world.apply("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: %s, namespace: foreign-tenant}
                spec: {accessModes: [ReadOnlyMany], storageClassName: "", resources: {requests: {storage: 1Gi}}}
                """.formatted(name));
        world.label("foreign-tenant", "aquifer.dev/inject", "enabled");

        eventually(() ->
                assertThat(world.condition("foreign-owner", "ref", "Conflict")).startsWith("True/"));
        eventually(() -> assertThat(running.troubled("Conflict"))
                .isPositive()
                .isEqualTo(world.countConditions("Conflict", "True")));
        assertThat(world.claim("foreign-tenant", name).getSpec().getVolumeName())
                .isNull();
        assertThat(world.volumesFor("foreign-tenant")).isEmpty();
    }

    @Test
    void endsAJobWhoseWorkIsNotWantedAnyMore() {
        world.owner("job-owner");
        shareResults("job-owner", 1000);
        eventually(() -> assertThat(jobs("job-owner")).hasSize(1));
        String first = jobs("job-owner").getFirst().getMetadata().getName();

        shareResults("job-owner", 2000);

        eventually(() -> assertThat(jobs("job-owner"))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.getStatus().getConditions())
                        .extracting(JobCondition::getReason)
                        .containsExactly(
                                job.getMetadata().getName().equals(first)
                                        ? new String[] {"DeadlineExceeded", "DeadlineExceeded"}
                                        : new String[0])));

        // wanted once more, it is not left to have failed for an hour
        shareResults("job-owner", 1000);
        eventually(() -> assertThat(jobs("job-owner"))
                .filteredOn(job -> job.getMetadata().getName().equals(first))
                .singleElement()
                .satisfies(job ->
                        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(60)));

        // and for longer when its time was up once more
        world.kubectl("delete", "job", "-n", "job-owner", first);
        world.kubectl("annotate", "sharedvolume", "-n", "job-owner", "ref", "looked-at=again");
        eventually(() -> world.kubectl(
                "patch", "job", "-n", "job-owner", first, "-p", "{\"spec\":{\"activeDeadlineSeconds\":1}}"));
        eventually(() -> assertThat(jobs("job-owner"))
                .filteredOn(job -> job.getMetadata().getName().equals(first))
                .singleElement()
                .satisfies(job ->
                        assertThat(job.getSpec().getTtlSecondsAfterFinished()).isEqualTo(120)));
    }

    @Test
    void makesDirectoriesOfASourceThatIsNoClaimByAPairOfTheOwners() {
        api.namespace("plain-owner", Map.of("aquifer.dev/cluster-sources", "allowed"));
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: plain-owner}
                spec:
                  source: {hostPath: {path: /srv/plain}}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: in, access: ReadOnly}]}]
                """);
        eventually(() -> assertThat(jobs("plain-owner")).hasSize(1));
        Job job = jobs("plain-owner").getFirst();
        String claim = job.getSpec()
                .getTemplate()
                .getSpec()
                .getVolumes()
                .getFirst()
                .getPersistentVolumeClaim()
                .getClaimName();
        assertThat(claim)
                .startsWith("aquifer-rw-")
                .isEqualTo(world.bound("plain-owner").getMetadata().getName());

        ends(job);

        eventually(() ->
                assertThat(world.condition("plain-owner", "ref", "PathsReady")).isEqualTo("True/Present"));
        // nobody keeps a way to write that no role gives
        world.gone("plain-owner");
    }

    /** Nothing is made in the source that its owner did not ask for: a name that he mistyped least of all. */
    @Test
    void looksForTheSubdirectoryBeforeAnyPodCanHaveItMade() {
        world.owner("below-owner");
        shareBelow("nosuch");
        eventually(() -> assertThat(jobs("below-owner")).hasSize(1));
        Job job = jobs("below-owner").getFirst();
        eventually(() ->
                assertThat(world.condition("below-owner", "ref", "PathsReady")).isEqualTo("False/Making"));
        assertThat(job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getVolumeMounts()
                        .getFirst()
                        .getSubPath())
                .isNull();

        ends(job, "{\"made\":0,\"failed\":1,\"failures\":[{\"path\":\"/nosuch\",\"reason\":\"is not there\"}]}");

        eventually(() ->
                assertThat(world.condition("below-owner", "ref", "PathsReady")).isEqualTo("False/NoSubdirectory"));
        assertThat(world.condition("below-owner", "ref", "Ready")).startsWith("False/");
        assertThat(status("below-owner").path("readyPaths")).isEmpty();

        shareBelow("v1");
        eventually(() -> assertThat(jobs("below-owner")).hasSize(2));
        jobs("below-owner").stream()
                .filter(other ->
                        !other.getMetadata().getName().equals(job.getMetadata().getName()))
                .forEach(BinderIT::ends);

        eventually(() ->
                assertThat(status("below-owner").path("readyPaths").toString()).isEqualTo("[\"/v1\"]"));

        // what was found there says nothing of another place
        shareBelow("v2");
        eventually(() -> assertThat(status("below-owner").path("readyPaths")).isEmpty());
        eventually(() -> assertThat(jobs("below-owner")).hasSize(3));
    }

    @Test
    void looksForTheSubdirectoryOfASourceThatIsNoClaimByAPairThatOnlyReads() {
        api.namespace("look-owner", Map.of("aquifer.dev/cluster-sources", "allowed"));
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: look-owner}
                spec:
                  source: {csi: {driver: s3.csi.aws.com, volumeHandle: a, volumeAttributes: {bucketName: b}}, subdirectory: v1}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """);

        eventually(() -> assertThat(jobs("look-owner")).hasSize(1));
        assertThat(world.bound("look-owner").getMetadata().getName()).startsWith("aquifer-ro-");

        ends(jobs("look-owner").getFirst());

        world.gone("look-owner");
    }

    private static void shareBelow(String subdirectory) {
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: below-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}, subdirectory: %s}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """.formatted(subdirectory));
    }

    /** The API server refuses a status of which one message is too long as a whole, and an Event whose name is. */
    @Test
    void tellsOfAVolumeThatIsAsLargeAsItMayBe() {
        String name = ("n".repeat(62) + ".").repeat(4) + "n";
        String roles = IntStream.range(0, 16)
                .mapToObj(role -> "  - {name: role-%d, paths: [%s]}%n"
                        .formatted(
                                role,
                                IntStream.range(0, 32)
                                        .mapToObj(path -> "{path: d-%d-%d-%s, access: ReadOnly}"
                                                .formatted(role, path, "x".repeat(80)))
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
        api.namespace("large-owner", Map.of());
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: %s, namespace: large-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  directories: {make: false}
                  access: [{namespaces: {names: [large-tenant]}, roles: [role-0]}]
                  roles:
                %s""".formatted(name, roles));
        world.tenant("large-tenant");
        eventually(() ->
                assertThat(world.condition("large-owner", name, "PathsReady")).isEqualTo("True/ByHand"));
        eventually(() -> assertThat(api.client()
                        .events()
                        .v1()
                        .events()
                        .inNamespace("large-owner")
                        .list()
                        .getItems())
                .anySatisfy(event -> assertThat(event.getReason()).isEqualTo("ClaimMissing")));

        world.source("large-owner", "data", "source-large-owner");
        world.bound("large-tenant");
    }

    /** From the new revision on, pods get the other source: what was known of the one before must not count for it. */
    @Test
    void saysWithTheRevisionWhatAnotherSourceIsLike() {
        world.owner("like-owner");
        world.sourceOfOneNode("like-owner", "other", "other-like-owner");
        shareDirectory("like-owner", "persistentVolumeClaim: {claimName: data}");
        eventually(() -> assertThat(jobs("like-owner")).hasSize(1));
        ends(jobs("like-owner").getFirst());
        eventually(() ->
                assertThat(status("like-owner").path("readyPaths").toString()).isEqualTo("[\"in\"]"));
        world.tenant("like-tenant", "for-like-owner");
        world.bound("like-tenant");
        assertThat(status("like-owner").path("fsGroup").asText()).isEqualTo("Kept");

        List<JsonNode> seen = new CopyOnWriteArrayList<>();
        try (Watch _ = world.watch("like-owner", volume -> seen.add(volume.path("status")))) {
            shareDirectory("like-owner", "persistentVolumeClaim: {claimName: other}");
            eventually(() -> assertThat(jobs("like-owner")).hasSize(2));
            eventually(
                    () -> assertThat(status("like-owner").path("sourceVolume").asText())
                            .isEqualTo("other-like-owner"));
        }
        assertThat(seen)
                .filteredOn(status -> status.at("/revisions/current").asInt() == 1)
                .isNotEmpty()
                .allSatisfy(status -> {
                    assertThat(status.path("fsGroup").asText()).isEqualTo("Chowned");
                    assertThat(status.path("readyPaths")).isEmpty();
                });
    }

    @Test
    void makesDirectoriesAnewInAnotherSourceThatIsNoClaim() {
        shareDirectoryOfTheCluster("anew-owner");
        world.tenant("anew-tenant", "for-anew-owner");
        world.bound("anew-tenant");

        shareDirectory("anew-owner", "hostPath: {path: /srv/second}");

        eventually(() -> assertThat(jobs("anew-owner")).hasSize(2));
        assertThat(status("anew-owner").path("readyPaths")).isEmpty();
    }

    /** Where no pair is bound, no revision tells that it is another. */
    @Test
    void believesNothingOfASourceThatMovedWhileNobodyHadIt() {
        shareDirectoryOfTheCluster("unseen-owner");
        world.gone("unseen-owner");

        shareDirectory("unseen-owner", "hostPath: {path: /srv/second}");

        eventually(() -> assertThat(jobs("unseen-owner")).hasSize(2));
        eventually(() -> assertThat(status("unseen-owner").path("readyPaths")).isEmpty());
    }

    @Test
    void looksForTheDirectoriesOnceTheOwnerTakesHisWordBack() {
        world.owner("word-owner");
        shareDirectory("word-owner", "persistentVolumeClaim: {claimName: data}");
        directories("word-owner", false);
        eventually(() ->
                assertThat(world.condition("word-owner", "ref", "PathsReady")).isEqualTo("True/ByHand"));
        jobs("word-owner").forEach(job -> api.client().resource(job).delete());
        eventually(() -> assertThat(jobs("word-owner")).isEmpty());

        directories("word-owner", true);

        eventually(() -> assertThat(jobs("word-owner")).hasSize(1));
        eventually(() ->
                assertThat(world.condition("word-owner", "ref", "PathsReady")).isEqualTo("False/Making"));
    }

    private static void directories(String owner, boolean make) {
        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                owner,
                "ref",
                "--type=merge",
                "-p",
                "{\"spec\":{\"directories\":{\"make\":%s}}}".formatted(make));
    }

    @Test
    void saysWhichRoleMountsWhatAnotherCouldReplace() {
        world.owner("replaced-owner");
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: replaced-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  directories: {make: false}
                  roles:
                    - {name: reader, paths: [{path: shared/published, access: ReadOnly}]}
                    - {name: writer, paths: [{path: shared, access: ReadWrite}]}
                """);

        eventually(() -> assertThat(world.condition("replaced-owner", "ref", "PathsReady"))
                .isEqualTo("False/Replaceable"));
        assertThat(status("replaced-owner").path("conditions").toString())
                .contains("list \\\"shared/published\\\" in role \\\"writer\\\" with an access other than ReadWrite");
    }

    @Test
    void saysWhatNobodyGetsForAsLongAsThatIsSo() {
        api.namespace("withheld-owner", Map.of());
        shareDirectory("withheld-owner", "hostPath: {path: /srv/withheld}");
        eventually(() -> assertThat(status("withheld-owner").path("withheld").findValuesAsText("message"))
                .isNotEmpty()
                .allMatch(message -> message.contains("may share its own claims only")));

        world.kubectl("label", "namespace", "withheld-owner", "aquifer.dev/cluster-sources=allowed");
        eventually(() -> assertThat(world.condition("withheld-owner", "ref", "SourceReady"))
                .startsWith("True/"));
        assertThat(status("withheld-owner").path("withheld")).isEmpty();
    }

    private static JsonNode status(String owner) {
        return world.sharedVolume(owner, "ref").path("status");
    }

    /** Of a node's own file system, as far as that its directory is known to be there. */
    private void shareDirectoryOfTheCluster(String owner) {
        api.namespace(owner, Map.of("aquifer.dev/cluster-sources", "allowed"));
        shareDirectory(owner, "hostPath: {path: /srv/first}");
        eventually(() -> assertThat(jobs(owner)).hasSize(1));
        ends(jobs(owner).getFirst());
        eventually(() -> assertThat(world.condition(owner, "ref", "PathsReady")).isEqualTo("True/Present"));
    }

    private static void shareDirectory(String owner, String source) {
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: %s}
                spec:
                  source: {%s}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: in, access: ReadOnly}]}]
                  access: [{namespaces: {selector: {matchLabels: {for-%s: "true"}}}, serviceAccounts: ["*"], roles: [reader]}]
                """.formatted(owner, source, owner));
    }

    /** As kubelet says it when all directories were made. */
    private static void ends(Job job) {
        ends(job, "{\"made\":1,\"failed\":0,\"failures\":[]}");
    }

    private static void ends(Job job, String report) {
        String message = report.replace("\"", "\\\"");
        String namespace = job.getMetadata().getNamespace();
        eventually(() -> {
            String pod = api.client()
                    .pods()
                    .inNamespace(namespace)
                    .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
                    .list()
                    .getItems()
                    .getFirst()
                    .getMetadata()
                    .getName();
            world.kubectl("patch", "pod", "-n", namespace, pod, "--subresource=status", "-p", """
                    {"status": {"phase": "Succeeded", "containerStatuses": [{"name": "make-directories", "image": "aquifer",
                      "imageID": "aquifer", "ready": false, "restartCount": 0, "state": {"terminated": {"exitCode": 0,
                      "message": "%s"}}}]}}""".formatted(message));
        });
    }

    private static List<Job> jobs(String namespace) {
        return api.client().batch().v1().jobs().inNamespace(namespace).list().getItems();
    }

    private static void shareResults(String owner, int user) {
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: %s}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  roles: [{name: writer, paths: [{path: results, access: ReadWrite}]}]
                  directories: {runAsUser: %d}
                """.formatted(owner, user));
    }

    @Test
    void namesTheVolumeOfAnotherOwnerAtAMountPathOnceTheTenantAcceptsBoth() {
        for (String owner : List.of("over-owner-1", "over-owner-2")) {
            world.owner(owner);
            world.share(owner, "ref", "over");
        }
        world.tenant("over-tenant", "over");
        eventually(() -> {
            assertThat(world.pairsIn("over-tenant")).hasSize(2);
            assertThat(world.condition("over-owner-1", "ref", "Conflict")).isEqualTo("False/NoConflict");
        });

        world.kubectl("annotate", "namespace", "over-tenant", "aquifer.dev/accept-from=over-owner-1, over-owner-2");
        eventually(() ->
                assertThat(world.condition("over-owner-1", "ref", "Conflict")).isEqualTo("True/MountPathsOverlap"));
    }

    @Test
    void takesBackRetainFromWhoeverChangedIt() {
        world.owner("retain-owner");
        world.share("retain-owner", "ref", "retain");
        world.tenant("retain-tenant", "retain");
        String volume = world.bound("retain-tenant").getSpec().getVolumeName();

        world.kubectl("patch", "pv", volume, "-p", "{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Delete\"}}");
        eventually(() -> assertThat(world.volume(volume).getSpec().getPersistentVolumeReclaimPolicy())
                .isEqualTo("Retain"));
    }

    @Test
    void handsOverToAnotherReplica() {
        world.owner("hand-owner");
        world.share("hand-owner", "ref", "hand");
        try (BindingWorld.Running waiting = world.binder("waiting", BindMode.CONTROLLER)) {
            assertThat(waiting.binder().problem()).isNull();
            running.close();
            world.tenant("hand-tenant", "hand");
            world.bound("hand-tenant");
        }
        running = world.binder("again", BindMode.FAST);
    }

    @Test
    void saysHowManyPodsWereLeftWithoutAVolume() {
        world.owner("late-owner");
        world.tenant("late-tenant", "late");
        for (String pod : List.of("first", "second")) {
            leftOut("late-tenant", pod, "paths-not-ready");
        }
        leftOut("late-tenant", "other", "path-taken");
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: late-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  directories: {make: false}
                  roles: [{name: reader, podSelector: {matchLabels: {app: a}}, paths: [{path: in, access: ReadOnly}]}]
                  access: [{namespaces: {names: [late-tenant]}, roles: [reader]}]
                """);

        eventually(() ->
                assertThat(world.condition("late-owner", "ref", "PodsServed")).isEqualTo("False/PodsLeftOut"));
        assertThat(world.sharedVolume("late-owner", "ref")
                        .at("/status/conditions")
                        .toString())
                .contains("2 pods that the labels of a role select");
        assertThat(world.condition("late-owner", "ref", "Ready")).isEqualTo("True/Ready");
    }

    /** A pod as admission stores it that was selected and came too early, or had no room for the volume. */
    private static void leftOut(String namespace, String name, String reason) {
        eventually(() -> world.apply("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: %s
                  annotations: {aquifer.dev/injected: '{"late-owner/ref":{"skipped":"%s"}}'}
                spec:
                  containers: [{name: main, image: "busybox:1"}]
                """.formatted(name, namespace, reason)));
    }

    /** Other tests leave Jobs that never end and claims that are tried again: their requests name them. */
    @Test
    void asksNothingOfTheApiServerOnceAllIsDone() {
        world.owner("quiet-owner");
        world.share("quiet-owner", "ref", "quiet");
        world.tenant("quiet-tenant", "quiet");
        world.bound("quiet-tenant");
        BindingWorld.patiently()
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(world.askedSince(Instant.now().minusSeconds(5)))
                        .filteredOn(request -> request.contains("quiet-") || !request.contains("namespace"))
                        .isEmpty());
    }

    @Test
    void bindsANamespaceThatComesAfterAWholeBatchOfRefusedOnes() {
        world.owner("crowd-owner");
        world.apply(IntStream.range(0, Applier.BATCH)
                .mapToObj(number -> """
                        {apiVersion: v1, kind: Namespace, metadata: {name: crowd-%1$03d, labels: {aquifer.dev/inject: enabled, crowd: "true"}}}
                        ---
                        {apiVersion: v1, kind: ResourceQuota, metadata: {name: none, namespace: crowd-%1$03d}, spec: {hard: {persistentvolumeclaims: "0"}}}
                        """.formatted(number))
                .collect(Collectors.joining("---\n")));
        eventually(() -> assertThat(
                        api.client().resourceQuotas().inAnyNamespace().list().getItems())
                .filteredOn(quota -> quota.getMetadata().getNamespace().startsWith("crowd-"))
                .hasSize(Applier.BATCH)
                .allSatisfy(quota -> assertThat(quota.getStatus().getHard()).isNotEmpty()));
        world.tenant("crowd-last", "crowd");
        world.share("crowd-owner", "ref", "crowd");

        world.bound("crowd-last");
    }

    @Test
    void triesAgainAtOnceWhenAQuotaMakesRoom() {
        world.owner("room-owner");
        world.tenant("room-tenant", "room");
        world.noClaimsIn("room-tenant");
        world.share("room-owner", "ref", "room");
        // then the pause is six seconds at least
        eventually(() -> assertThat(world.refusedClaims("room-tenant")).hasSizeGreaterThanOrEqualTo(7));

        world.kubectl(
                "patch",
                "resourcequota",
                "-n",
                "room-tenant",
                "none",
                "-p",
                "{\"spec\":{\"hard\":{\"persistentvolumeclaims\":\"1\"}}}");

        BindingWorld.patiently()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(world.pairsIn("room-tenant")).hasSize(1));
    }

    @Test
    void saysThatAQuotaIsInTheWay() {
        world.owner("quota-owner");
        world.tenant("quota-tenant", "quota");
        world.noClaimsIn("quota-tenant");
        world.tenant("quota-neighbour", "quota");
        world.noClaimsIn("quota-neighbour");
        world.share("quota-owner", "ref", "quota");

        eventually(
                () -> assertThat(world.condition("quota-owner", "ref", "Bound")).isEqualTo("False/Refused"));
        eventually(() -> assertThat(api.client()
                        .events()
                        .v1()
                        .events()
                        .inNamespace("quota-tenant")
                        .list()
                        .getItems())
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo("ClaimRefused");
                    assertThat(event.getNote()).contains("quota-owner/ref").contains("exceeded quota");
                })
                .noneSatisfy(event -> assertThat(event.getNote()).contains("quota-neighbour")));

        world.kubectl("delete", "resourcequota", "-n", "quota-tenant", "none");
        world.bound("quota-tenant");
        world.kubectl("delete", "resourcequota", "-n", "quota-neighbour", "none");
        eventually(
                () -> assertThat(world.condition("quota-owner", "ref", "Ready")).isEqualTo("True/Ready"));
    }
}
