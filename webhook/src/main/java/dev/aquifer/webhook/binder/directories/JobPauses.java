package dev.aquifer.webhook.binder.directories;

import dev.aquifer.webhook.binder.pace.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long a Job that ran out of time is kept before its work is tried again: longer each time in a row. */
final class JobPauses {
    private final Map<String, Last> byVolume = new ConcurrentHashMap<>();
    private final Backoff backoff;

    /** @param job names the work */
    private record Last(String job, String uid, int times) {
        Last then(String nextJob, String nextUid) {
            if (!job.equals(nextJob)) {
                return new Last(nextJob, nextUid, 1);
            }
            return uid.equals(nextUid) ? this : new Last(job, nextUid, times + 1);
        }
    }

    JobPauses(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * The pause after this Job; the same when it is asked for again.
     *
     * @param job the same for the same work
     * @param uid of the one that ran out of time
     */
    Duration after(String volumeUid, String job, String uid) {
        Last last = byVolume.merge(volumeUid, new Last(job, uid, 1), (before, first) -> before.then(job, uid));
        return backoff.after(last.times);
    }

    /** The volume has its directories, or is gone. */
    void forget(String volumeUid) {
        byVolume.remove(volumeUid);
    }
}
