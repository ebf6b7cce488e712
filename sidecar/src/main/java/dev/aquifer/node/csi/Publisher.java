package dev.aquifer.node.csi;

import dev.aquifer.node.link.Acquisition;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkLostException;
import dev.aquifer.node.link.PublishedVolume;
import dev.aquifer.node.mount.Mounter;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetPath;
import dev.aquifer.node.mount.TargetState;
import dev.aquifer.node.mount.UnguardedException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings targets into the state that kubelet wants, from whatever state they are in. What is mounted is the kernel's
 * knowledge, what is filled the other process's.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Mounter mounter;
    private final LinkClient link;
    private final PublishedVolumes volumes;
    private final Turns turns = new Turns();

    /** @param volumes gets what is published */
    Publisher(Mounter mounter, LinkClient link, PublishedVolumes volumes) {
        this.mounter = mounter;
        this.link = link;
        this.volumes = volumes;
    }

    /**
     * Shows the dataset's snapshot at the target; a target that shows one already keeps it.
     *
     * @param hold how long to wait for a fill
     * @throws CsiException ABORTED with the progress if the fill goes on
     */
    void publish(Publication wanted, Duration hold) throws CsiException, InterruptedException {
        turns.take(wanted.target(), () -> {
            if (!published(wanted)) {
                acquire(wanted, hold);
            }
            volumes.put(wanted.target(), new PublishedVolume(wanted.attributes(), wanted.key()));
            return wanted;
        });
    }

    /** Shows nothing at the target and removes it; nobody waits for its fill any more. */
    void unpublish(TargetPath target) throws CsiException, InterruptedException {
        turns.take(target, () -> {
            forget(target);
            try {
                SnapshotDirectory snapshot = mounter.unmount(target);
                volumes.remove(target);
                if (snapshot != null) {
                    LOG.info(
                            "event=unpublished target={} dataset={} snapshot={}",
                            target,
                            snapshot.dataset(),
                            snapshot.snapshot());
                }
            } catch (IOException e) {
                throw failure(e);
            }
            return target;
        });
    }

    private boolean published(Publication wanted) throws CsiException {
        TargetPath target = wanted.target();
        try {
            return switch (mounter.state(target)) {
                case TargetState.Absent _, TargetState.Plain _ -> false;
                case TargetState.Shows shows -> isOf(wanted, shows.snapshot());
                case TargetState.Stale _ -> {
                    mounter.unmount(target);
                    yield false;
                }
                case TargetState.Foreign foreign ->
                    throw occupied("nothing or a snapshot to be mounted at " + target, foreign.root());
            };
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static boolean isOf(Publication wanted, SnapshotDirectory shown) throws CsiException {
        if (!shown.dataset().equals(wanted.attributes().dataset())) {
            throw occupied(
                    "dataset %s at %s".formatted(wanted.attributes().dataset(), wanted.target()), shown.dataset());
        }
        return true;
    }

    private static CsiException occupied(String expected, String found) {
        return new CsiException(
                GrpcStatus.FAILED_PRECONDITION, "expected %s, found %s: unmount it".formatted(expected, found));
    }

    /** Asks again where the other process is away: it may be back at once. */
    private void acquire(Publication wanted, Duration hold) throws CsiException, InterruptedException {
        String target = wanted.target().toString();
        long begun = System.nanoTime();
        Absence absence = new Absence(System::nanoTime, hold);
        while (true) {
            try (Acquisition acquired = link.acquire(wanted.attributes(), wanted.key(), target, absence.ask())) {
                mount(wanted, ready(acquired), begun);
                return;
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("nobody waits for this call any more");
                }
                if (!(e instanceof LinkLostException && absence.isBearable())) {
                    // not a final code: kubelet asks again
                    throw new CsiException(GrpcStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
                }
            }
            Thread.sleep(Absence.PAUSE);
        }
    }

    private static LinkAnswer.Ready ready(Acquisition acquired) throws CsiException {
        return switch (acquired.answer()) {
            case LinkAnswer.Ready ready -> ready;
            case LinkAnswer.Filling filling -> throw new CsiException(GrpcStatus.ABORTED, filling.message());
            case LinkAnswer.Refused refused ->
                throw new CsiException(GrpcStatus.valueOf(refused.code().name()), refused.message());
        };
    }

    private void mount(Publication wanted, LinkAnswer.Ready ready, long begun) throws CsiException {
        try {
            SnapshotDirectory snapshot = SnapshotDirectory.parse(ready.directory());
            if (!snapshot.dataset().equals(wanted.attributes().dataset())) {
                throw new CsiException(
                        GrpcStatus.INTERNAL,
                        "expected a snapshot of dataset %s, was offered %s"
                                .formatted(wanted.attributes().dataset(), snapshot));
            }
            mounter.mount(snapshot, wanted.target());
            LOG.info(
                    "event=published target={} pod={} dataset={} snapshot={} took=\"{} ms\"",
                    wanted.target(),
                    wanted.pod(),
                    snapshot.dataset(),
                    snapshot.snapshot(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
        } catch (IOException | IllegalArgumentException e) {
            throw failure(e);
        }
    }

    /** Best effort: the interest ends by itself after some minutes. */
    private void forget(TargetPath target) {
        try {
            link.forget(target.toString());
        } catch (IOException e) {
            LOG.debug("event=forget-failed target={} error=\"{}\"", target, e.getMessage());
        }
    }

    private static CsiException failure(Exception e) {
        GrpcStatus code = e instanceof UnguardedException ? GrpcStatus.FAILED_PRECONDITION : GrpcStatus.INTERNAL;
        return new CsiException(code, String.valueOf(e.getMessage()), e);
    }
}
