package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeStatus;
import dev.aquifer.webhook.api.SharedVolumeStatus.Condition;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.binder.caching.CacheStatus;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.paths.PathsPlace;
import dev.aquifer.webhook.report.CacheState;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what became of a shared volume, and nothing when it is written already: a merge patch of the version that the
 * decision was made on. What others write into the status stays.
 */
final class StatusWriter {
    private static final int ROLES = 1056;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Writer writer;
    private final ConditionHistory history;

    StatusWriter(Writer writer, Clock clock) {
        this.writer = writer;
        history = new ConditionHistory(clock);
    }

    /**
     * Comes before any object of these revisions. From then on pods get them, so what is known of another source's files
     * goes with them, and what was known of the one before goes.
     */
    JsonNode writeRevisions(Versioned<Shared> volume, VolumePlan plan) {
        ObjectNode patch = patch(volume);
        ObjectNode written = json.valueToTree(plan.revisions());
        // a merge patch leaves what it does not name
        ObjectNode exceptions = written.withObject("/exceptions");
        PairRevisions before = volume.value().status().revisions();
        if (before != null) {
            before.exceptions().keySet().stream()
                    .filter(pair -> !exceptions.has(pair))
                    .forEach(exceptions::putNull);
        }
        ObjectNode status = patch.withObject("/status");
        status.set("revisions", written);
        setEffects(status, plan.effects());
        int current = before == null ? PairRevisions.NONE.current() : before.current();
        if (plan.revisions().current() > current && isAnotherSource(volume.value(), plan)) {
            status.putArray("readyPaths");
        }
        return writer.merge(volume.value().path() + Paths.STATUS, patch);
    }

    /** Only a new revision tells that of a source that is written in the volume: it has no volume with a name. */
    private static boolean isAnotherSource(Shared shared, VolumePlan plan) {
        Source source = Objects.requireNonNull(shared.volume()).spec().source();
        boolean writtenHere = source.persistentVolumeClaim() == null && source.persistentVolume() == null;
        return writtenHere
                || (plan.sourceVolume() != null
                        && !plan.sourceVolume().equals(shared.status().sourceVolume()));
    }

    private static void setEffects(ObjectNode status, FileEffects effects) {
        status.put("fsGroup", name(effects.fsGroup())).put("seLinux", name(effects.seLinux()));
    }

    /**
     * Returns the answer, or null when nothing was to be written.
     *
     * @param cached null for a volume that is not cached
     */
    @Nullable JsonNode write(
            Versioned<Shared> volume,
            List<VolumeCondition> conditions,
            VolumePlan plan,
            Set<String> readyPaths,
            @Nullable CacheStatus cached) {
        Shared shared = volume.value();
        SharedVolumeStatus before = shared.status();
        List<Condition> wanted = history.after(before.conditions(), conditions, shared.generation());
        String roles = roles(shared);
        // a source that is away for now is still the one that the directories were made in
        String source = plan.sourceVolume() == null ? before.sourceVolume() : plan.sourceVolume();
        List<String> ready = readyPaths.stream().sorted().toList();
        String readyIn = PathsPlace.of(Objects.requireNonNull(shared.volume()).spec());
        // what nodes have stays as it was written until it is heard again
        boolean heard = cached == null || cached.state() != null;
        CacheState state = cached == null ? null : cached.state();
        NodeCounts nodes = heard ? (state == null ? null : state.nodes()) : before.nodes();
        String snapshot = heard ? (state == null ? null : state.snapshot()) : before.snapshot();
        List<Withheld> withheld = plan.withheld().isEmpty() ? null : plan.withheld();
        if (wanted.equals(before.conditions())
                && Objects.equals(before.withheld(), withheld)
                && Objects.equals(before.nodes(), nodes)
                && Objects.equals(before.snapshot(), snapshot)
                && Objects.equals(before.boundNamespaces(), plan.boundNamespaces())
                && Objects.equals(before.sourceVolume(), source)
                && before.effects().equals(plan.effects())
                && Objects.equals(before.roles(), roles)
                && readyIn.equals(before.readyIn())
                && ready.equals(before.readyPaths())) {
            return null;
        }
        ObjectNode patch = patch(volume);
        ObjectNode status = patch.withObject("/status");
        status.set("conditions", listed(wanted));
        status.set("readyPaths", json.valueToTree(ready));
        status.set("nodes", json.valueToTree(nodes));
        status.set("withheld", json.valueToTree(withheld));
        status.put("boundNamespaces", plan.boundNamespaces())
                .put("snapshot", snapshot)
                .put("sourceVolume", source)
                .put("readyIn", readyIn)
                .put("roles", roles);
        setEffects(status, plan.effects());
        return writer.merge(shared.path() + Paths.STATUS, patch);
    }

    private static @Nullable String name(@Nullable Enum<?> effect) {
        return effect == null ? null : effect.name();
    }

    private static ObjectNode patch(Versioned<Shared> volume) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").put("uid", volume.value().uid()).put("resourceVersion", volume.resourceVersion());
        patch.putObject("status");
        return patch;
    }

    private ArrayNode listed(List<Condition> conditions) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        conditions.forEach(condition -> list.add(json.<JsonNode>valueToTree(condition)));
        return list;
    }

    private static @Nullable String roles(Shared shared) {
        if (shared.volume() == null) {
            return null;
        }
        String roles = shared.volume().spec().roles().stream().map(Role::name).collect(Collectors.joining(","));
        return roles.length() <= ROLES ? roles : roles.substring(0, ROLES);
    }
}
