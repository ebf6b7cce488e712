package dev.aquifer.webhook.binder.directories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.binder.pods.ClaimNode;
import dev.aquifer.webhook.binder.requests.Paths;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.names.PairLabels;
import dev.aquifer.webhook.paths.DirectoryReport;
import dev.aquifer.webhook.paths.PathsState.JobState;
import dev.aquifer.webhook.paths.PathsState.JobState.Failed;
import dev.aquifer.webhook.paths.PathsState.JobState.OutOfTime;
import dev.aquifer.webhook.paths.PathsState.JobState.Reported;
import dev.aquifer.webhook.paths.PathsState.JobState.Running;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.workload.DirectoriesJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The Jobs that make directories, as the API server has them: of each shared volume one is at work at most. */
final class DirectoriesJobs {
    private static final String COMPLETE = "Complete";
    private static final Set<String> ENDED = Set.of(COMPLETE, "Failed");
    /** A Job's reason (batch/v1). */
    private static final String OUT_OF_TIME = "DeadlineExceeded";

    private final JsonMapper json = JsonMapper.builder().build();
    private final ApiServer api;
    private final Writer writer;
    private final ClaimNode nodes;

    DirectoriesJobs(ApiServer api, Writer writer) {
        this.api = api;
        this.writer = writer;
        nodes = new ClaimNode(api);
    }

    /** How far the Job has come; null when there is none for this very work. */
    @Nullable JobState find(DirectoriesJob job) {
        JsonNode found = api.find(Paths.job(job.namespace(), job.name()));
        if (found == null) {
            return null;
        }
        JsonNode end = end(found);
        return end == null ? new Running() : ended(job, Writer.uid(found), end);
    }

    /** Makes the Job, and ends those for work that is not wanted any more. */
    void make(DirectoriesJob job) {
        others(job).forEach(other -> end(job.namespace(), other));
        writer.apply(
                Paths.job(job.namespace(), job.name()),
                json.valueToTree(job.manifest(nodes.of(job.namespace(), job.claim(), pod -> true))));
    }

    /** Has a Job that ended without a report go soon, without a right to delete Jobs: its work is tried again then. */
    void expire(DirectoriesJob job, String uid, Duration kept) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("ttlSecondsAfterFinished", kept.toSeconds());
        change(job.namespace(), job.name(), uid, patch);
    }

    /** A label could stand on any Job; the names are kept for ours. */
    private List<JsonNode> others(DirectoriesJob job) {
        List<JsonNode> others = new ArrayList<>();
        api.list(
                Paths.jobs(job.namespace()) + "?labelSelector=" + PairLabels.VOLUME_UID + "%3D" + job.volumeUid(),
                found -> {
                    String name = found.at("/metadata/name").asText();
                    if (name.startsWith(DirectoriesJob.NAME_PREFIX) && !name.equals(job.name()) && end(found) == null) {
                        others.add(found);
                    }
                });
        return others;
    }

    /** Its time is up: that takes its pod away, and the Job itself in the end, without a right to delete Jobs. */
    private void end(String namespace, JsonNode job) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("activeDeadlineSeconds", 1);
        change(namespace, job.at("/metadata/name").asText(), Writer.uid(job), patch);
    }

    /** One that has gone or was made anew is as good as changed. */
    private void change(String namespace, String name, String uid, ObjectNode patch) {
        patch.withObject("/metadata").put("uid", uid);
        try {
            writer.merge(Paths.job(namespace, name), patch);
        } catch (ApiException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }

    /** The condition that says how the Job has ended; null when it has not. */
    private static @Nullable JsonNode end(JsonNode job) {
        for (JsonNode condition : job.path("status").path("conditions")) {
            if (ENDED.contains(condition.path("type").asText())
                    && condition.path("status").asText().equals("True")) {
                return condition;
            }
        }
        return null;
    }

    /** Looks at the Job's own pod, by its owner: its labels could stand on any pod. */
    private JobState ended(DirectoriesJob job, String uid, JsonNode condition) {
        AtomicReference<@Nullable String> message = new AtomicReference<>();
        api.list(Paths.pods(job.namespace()) + "?labelSelector=batch.kubernetes.io/job-name%3D" + job.name(), pod -> {
            if (pod.at("/metadata/ownerReferences/0/uid").asText().equals(uid)) {
                message.compareAndSet(null, message(pod));
            }
        });
        String found = message.get();
        if (found != null) {
            return reported(uid, found);
        }
        if (condition.path("type").asText().equals(COMPLETE)) {
            return new Failed(uid, "its pod is gone, and its report with it");
        }
        String reason = condition.path("reason").asText();
        String why = "%s: %s".formatted(reason, condition.path("message").asText());
        return reason.equals(OUT_OF_TIME) ? new OutOfTime(uid, why) : new Failed(uid, why);
    }

    /** What the Job's container said in the end: others may have been put beside it. */
    private static String message(JsonNode pod) {
        return pod.at("/status/containerStatuses")
                .valueStream()
                .filter(container -> container.path("name").asText().equals(DirectoriesJob.CONTAINER))
                .map(container -> container.at("/state/terminated/message").asText())
                .findFirst()
                .orElse("");
    }

    private static JobState reported(String uid, String message) {
        try {
            return new Reported(DirectoryReport.parse(message));
        } catch (IllegalArgumentException e) {
            return new Failed(uid, "its pod ended without a report");
        }
    }
}
