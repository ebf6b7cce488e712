package dev.aquifer.node.csi;

import dev.aquifer.node.linux.Device;
import dev.aquifer.node.mount.Mounter;
import dev.aquifer.node.mount.ShownRoot;
import dev.aquifer.node.mount.SnapshotDirectory;
import dev.aquifer.node.mount.TargetPath;
import dev.aquifer.node.mount.TargetState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Targets in memory. Mounting on a mount is a failure, as is a second call for a target while one is at work. */
final class FakeMounter implements Mounter {
    private final Map<String, TargetState> targets = new ConcurrentHashMap<>();
    private final Set<TargetPath> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger mounts = new AtomicInteger();
    private volatile @Nullable IOException failure;

    void set(String target, TargetState state) {
        targets.put(target, state);
    }

    TargetState at(String target) {
        return targets.getOrDefault(target, new TargetState.Absent());
    }

    int mounts() {
        return mounts.get();
    }

    void failWith(@Nullable IOException failure) {
        this.failure = failure;
    }

    @Override
    public TargetState state(TargetPath target) {
        return at(target.toString());
    }

    @Override
    public void mount(SnapshotDirectory snapshot, TargetPath target) throws IOException {
        alone(target, () -> {
            if (!(state(target) instanceof TargetState.Absent)) {
                throw new IOException("something is mounted already");
            }
            mounts.incrementAndGet();
            set(target.toString(), new TargetState.Shows(snapshot));
        });
    }

    @Override
    public @Nullable SnapshotDirectory unmount(TargetPath target) throws IOException {
        TargetState before = state(target);
        alone(target, () -> {
            if (before instanceof TargetState.Foreign) {
                throw new IOException("something else is mounted");
            }
            targets.remove(target.toString());
        });
        return before instanceof TargetState.Ours ours ? ours.snapshot() : null;
    }

    private void alone(TargetPath target, Change change) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!busy.add(target)) {
            throw new IOException("two calls at once for " + target);
        }
        try {
            change.make();
        } finally {
            busy.remove(target);
        }
    }

    @Override
    public List<ShownRoot> shown() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return targets.keySet().stream()
                .map(target -> new ShownRoot(new Device(8, 1), target.length()))
                .toList();
    }

    private interface Change {
        void make() throws IOException;
    }
}
