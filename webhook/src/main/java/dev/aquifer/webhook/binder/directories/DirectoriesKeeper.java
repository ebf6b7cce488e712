package dev.aquifer.webhook.binder.directories;

import dev.aquifer.webhook.api.DirectoriesSpec;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pace.Backoff;
import dev.aquifer.webhook.binder.requests.Writer;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.paths.LongNames;
import dev.aquifer.webhook.paths.PathsPlace;
import dev.aquifer.webhook.paths.PathsState;
import dev.aquifer.webhook.paths.PathsState.JobState;
import dev.aquifer.webhook.paths.PathsState.JobState.Failed;
import dev.aquifer.webhook.paths.PathsState.JobState.OutOfTime;
import dev.aquifer.webhook.paths.PathsState.JobState.Refused;
import dev.aquifer.webhook.paths.ReplaceablePaths;
import dev.aquifer.webhook.paths.RequiredPaths;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.workload.DirectoriesJob;
import dev.aquifer.webhook.workload.JobSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the directories of a volume's roles made, by a Job in the owner's namespace, and says which are there. It asks the
 * API server only while some are not.
 */
public final class DirectoriesKeeper {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A Job that failed is gone by itself in the end, or by somebody who has mended what it failed of. */
    private static final Duration RETRY = Duration.ofMinutes(5);
    /** Of a Job whose time was up, which says nothing of the source; of the first in a row. */
    private static final Duration KEPT_OUT_OF_TIME = Duration.ofMinutes(1);
    /** Nobody tells of its deletion, which takes a moment. */
    private static final Duration GONE = Duration.ofSeconds(5);

    private final DirectoriesJobs jobs;
    private final JobSettings settings;
    private final BiConsumer<String, Duration> later;
    private final JobPauses pauses = new JobPauses(new Backoff(KEPT_OUT_OF_TIME, DirectoriesJob.KEPT, () -> 1));

    /**
     * Begins without a Job.
     *
     * @param settings what the Jobs have in common
     * @param later has a volume looked at again after some time
     */
    public DirectoriesKeeper(ApiServer api, Writer writer, JobSettings settings, BiConsumer<String, Duration> later) {
        this.jobs = new DirectoriesJobs(api, writer);
        this.settings = settings;
        this.later = later;
    }

    public PathsState look(Shared shared, VolumePlan plan) {
        KnownVolume volume = Objects.requireNonNull(shared.volume());
        return look(shared, volume, plan)
                .unless("Replaceable", ReplaceablePaths.find(volume.spec()))
                .unless("NameTooLong", LongNames.find(volume.spec()));
    }

    private PathsState look(Shared shared, KnownVolume volume, VolumePlan plan) {
        SortedSet<String> wanted = RequiredPaths.names(volume.spec());
        if (!volume.spec().makesDirectories()) {
            forget(shared.uid());
            return PathsState.byHand(wanted);
        }
        Set<String> known = isSameSource(shared, plan) ? volume.readyPaths() : Set.of();
        if (RequiredPaths.areAllIn(volume.spec(), known)) {
            forget(shared.uid());
            return PathsState.present(wanted);
        }
        Way way = way(volume, plan);
        if (way == null) {
            return isReady(plan) ? PathsState.noJob(wanted, known) : PathsState.waiting(wanted, known);
        }
        DirectoriesJob job = job(volume, way);
        JobState found = jobs.find(job);
        PathsState state = PathsState.byJob(wanted, known, job.namespace(), job.name(), found);
        if (state.makesNow()) {
            state = make(job, wanted, known, state);
        }
        String uid = withoutReport(found);
        if (uid != null) {
            Duration kept = pauses.after(shared.uid(), job.name(), uid);
            jobs.expire(job, uid, kept);
            later.accept(shared.uid(), kept.compareTo(RETRY) < 0 ? kept.plus(GONE) : RETRY);
        } else if (state.truth() != PathsState.Truth.True) {
            later.accept(shared.uid(), state.truth() == PathsState.Truth.Unknown ? LOOK : RETRY);
        }
        return state;
    }

    /** The UID of a Job that says nothing of the source; null of any other. */
    private static @Nullable String withoutReport(@Nullable JobState job) {
        return switch (job) {
            case OutOfTime(String uid, String _) -> uid;
            case Failed(String uid, String _) -> uid;
            case null, default -> null;
        };
    }

    /** The volume is gone, or needs no Job. */
    public void forget(String volumeUid) {
        pauses.forget(volumeUid);
    }

    /**
     * How a Job reaches the source.
     *
     * @param source names what is behind the claim: in another source the work is to be done anew
     */
    private record Way(String claim, String source) {}

    /** By the owner's own claim, or where the source is none, by a pair of his; null while there is neither. */
    private static @Nullable Way way(KnownVolume volume, VolumePlan plan) {
        String own = volume.spec().source().claimIn(volume.owner(), volume.owner());
        if (own != null) {
            return plan.sourceVolume() == null ? null : new Way(own, plan.sourceVolume());
        }
        String pair = plan.directoriesClaim();
        return pair == null ? null : new Way(pair, pair);
    }

    private static boolean isReady(VolumePlan plan) {
        return plan.conditions().stream()
                .anyMatch(condition -> condition.type().equals(VolumeCondition.SOURCE_READY) && condition.holds());
    }

    /** A source that is away for now may come back as it was. */
    private static boolean isSameSource(Shared shared, VolumePlan plan) {
        return plan.sourceVolume() == null
                || plan.sourceVolume().equals(shared.status().sourceVolume());
    }

    private DirectoriesJob job(KnownVolume volume, Way way) {
        DirectoriesSpec spec =
                Objects.requireNonNullElse(volume.spec().directories(), new DirectoriesSpec(null, null, null));
        return new DirectoriesJob(
                volume.owner(),
                volume.name(),
                volume.uid(),
                way.claim(),
                way.source() + " " + PathsPlace.of(volume.spec()),
                volume.spec().source().subPath(),
                RequiredPaths.of(volume.spec()),
                spec.runAsUser(),
                spec.runAsGroup(),
                settings);
    }

    private PathsState make(DirectoriesJob job, SortedSet<String> wanted, Set<String> known, PathsState making) {
        try {
            jobs.make(job);
            return making;
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return PathsState.byJob(
                    wanted, known, job.namespace(), job.name(), new Refused(String.valueOf(e.getMessage())));
        }
    }
}
