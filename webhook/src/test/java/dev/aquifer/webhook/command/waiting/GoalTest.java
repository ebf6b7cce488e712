package dev.aquifer.webhook.command.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.nodes.NodeCache;
import dev.aquifer.webhook.command.nodes.NodeCache.Stand;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final String READY = "conditions: [{type: Ready, status: 'True', observedGeneration: 2}]";
    private static final Goal USABLE = new Goal("team-a", "maps", null, false);
    private static final Goal BOUND = new Goal("team-a", "maps", "lab", false);
    private static final Goal FILLED = new Goal("team-a", "maps", null, true);

    @Test
    void isReachedByAVolumeThatIsReady() {
        assertThat(look(USABLE, volume(READY))).isEqualTo(Progress.reached("team-a/maps is ready"));
    }

    @Test
    void saysWhatABinderSaysOfAVolumeThatIsNotReady() {
        assertThat(look(USABLE, volume("conditions: [{type: Ready, status: 'False', message: no such claim}]")))
                .isEqualTo(Progress.missing("team-a/maps is not ready: no such claim"));
        assertThat(look(USABLE, volume("{}"))).isEqualTo(Progress.missing("no binder has looked at team-a/maps yet"));
    }

    @Test
    void takesNoConditionOfAnEarlierGeneration() {
        assertThat(look(USABLE, volume(READY.replace('2', '1'))).reached()).isFalse();
    }

    @Test
    void waitsForTheClaimsOfTheNamespaceAlone() {
        String claims = claim("lab", "ro", "Bound") + claim("lab", "rw", "%s") + claim("elsewhere", "ro", "Pending");

        assertThat(look(BOUND, volume(READY)).message()).contains("has no claim in namespace lab yet");
        assertThat(look(BOUND, volume(READY) + claims.formatted("Pending")))
                .isEqualTo(Progress.missing("claim aquifer-rw in namespace lab is Pending"));
        assertThat(look(BOUND, volume(READY) + claims.formatted("Bound")))
                .isEqualTo(Progress.reached("team-a/maps can be used in namespace lab"));
    }

    @Test
    void saysWhatANamespaceWithoutAClaimLacks() {
        String granted = volume(READY).replace("{readPath: Cached}", """
                {readPath: Cached, source: {persistentVolumeClaim: {claimName: maps}}, mountPath: /maps,
                 roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}],
                 access: [{namespaces: {selector: {matchLabels: {team: b}}}, roles: [reader]}]}""");

        assertThat(look(BOUND, granted).message()).endsWith("there is no such namespace: check the name");
        assertThat(look(BOUND, granted + namespace("{team: b}")).message())
                .endsWith("it lacks the label: kubectl label namespace lab aquifer.dev/inject=enabled --overwrite");
        assertThat(look(BOUND, granted + namespace("{aquifer.dev/inject: enabled, team: c}"))
                        .message())
                .contains("no grant in spec.access of the volume reaches it")
                .doesNotContain("aquifer.dev/inject");
        assertThat(look(BOUND, granted + namespace("{aquifer.dev/inject: enabled, team: b}"))
                        .message())
                .endsWith(
                        "it has the label and a grant, so that the binder makes one within seconds; see its log if that"
                                + " lasts");
    }

    @Test
    void saysThatNoClaimIsMadeWhereNamespacesAreServedByName() {
        String unlabelled = volume(READY) + namespace("{}");

        assertThat(look(BOUND, unlabelled + Installation.admission("lab", "--serve=lab"))
                        .message())
                .contains("the namespace is served by its name")
                .endsWith("leave --bound-in out");
        assertThat(look(BOUND, unlabelled + Installation.admission("lab", "--serve=ramses"))
                        .message())
                .contains("it is none of those that are served by name")
                .doesNotContain("kubectl label");
    }

    @Test
    void countsNoAgentsOfATenant() {
        String filled = volume(READY + "\n  nodes: {complete: 5, filling: 0, failed: 0}");
        String ours = agents(5).replace("name: n,", "name: n, namespace: system,");
        String tenants = agents(7).replace("name: n,", "name: n, namespace: lab,");

        assertThat(look(FILLED, filled + ours + tenants + Installation.calledIn("system"))
                        .reached())
                .isTrue();
    }

    @Test
    void saysThatNoClaimIsMadeBesideTheSource() {
        String own = volume(READY).replace("{readPath: Cached}", """
                {source: {persistentVolumeClaim: {claimName: maps}}, mountPath: /maps,
                 roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}],
                 access: [{namespaces: {names: [team-a]}, roles: [reader]}]}""");
        String labelled = namespace("{aquifer.dev/inject: enabled}").replace("name: lab", "name: team-a");

        assertThat(look(new Goal("team-a", "maps", "team-a", false), own + labelled)
                        .message())
                .endsWith("its pods use the source's claim itself: leave --bound-in out");
    }

    @Test
    void measuresNodesThatHaveIt() {
        String nodes = READY + "\n  nodes: {complete: %d, filling: %d, failed: %d}";
        NodeCache filling =
                new NodeCache("a", true, new Stand(0, 1, 0, 0, 0, null, false, null, 4096, 1024, 512), List.of(), null);
        NodeCache silent = new NodeCache("b", true, null, List.of(), "no answer");

        Progress some = look(FILLED, volume(nodes.formatted(2, 1, 1)) + agents(5), filling, silent);

        assertThat(some.part()).isEqualTo(2.25 / 5);
        assertThat(some.message())
                .isEqualTo("team-a/maps: complete on 2 of 5 nodes, filling on 1, failed on 1 (see condition Cached);"
                        + " nodes have 1.0 KiB of 4.0 KiB, 512 B/s");
        assertThat(look(FILLED, volume(nodes.formatted(5, 0, 0)) + agents(5)))
                .isEqualTo(Progress.reached("team-a/maps is ready, and all nodes have it"));
    }

    @Test
    void waitsForNoNodeThatIsNotSelected() {
        String nodes = READY + "\n  nodes: {complete: 2, filling: 0, failed: 0, unselected: 3}";

        assertThat(look(FILLED, volume(nodes) + agents(5)).reached()).isTrue();
        assertThat(look(FILLED, volume(nodes) + agents(6)).message()).contains("complete on 2 of 3 nodes");
    }

    @Test
    void isNotReachedWhereNoNodeHasAnAgent() {
        assertThat(look(FILLED, volume(READY)).reached()).isFalse();
    }

    @Test
    void refusesWhatNoWaitingWouldBring() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> look(USABLE, agents(1)))
                .withMessageContaining("expected SharedVolume team-a/maps, found none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> look(FILLED, volume(READY).replace("Cached", "Direct")))
                .withMessageContaining("to have readPath: Cached, found Direct");
    }

    private static Progress look(Goal goal, String objects, NodeCache... caches) {
        return goal.look(Manifest.of(objects), () -> List.of(caches));
    }

    private static String volume(String status) {
        return """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: maps, namespace: team-a, generation: 2}
            spec: {readPath: Cached}
            status:
              %s
            """.formatted(status);
    }

    private static String namespace(String labels) {
        return """
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: lab, labels: %s}
            """.formatted(labels);
    }

    private static String claim(String namespace, String mode, String phase) {
        return """
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata:
              name: aquifer-%s
              namespace: %s
              labels: {aquifer.dev/managed-by: binder}
              annotations: {aquifer.dev/source: team-a/maps}
            status: {phase: %s}
            """.formatted(mode, namespace, phase);
    }

    private static String agents(int nodes) {
        return """
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: n, labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: node}}
            status: {desiredNumberScheduled: %d}
            """.formatted(nodes);
    }
}
