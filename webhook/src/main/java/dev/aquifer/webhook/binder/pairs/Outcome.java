package dev.aquifer.webhook.binder.pairs;

import dev.aquifer.webhook.binding.plan.VolumeCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What became of the actions of one plan. Filled by many threads. */
public final class Outcome {
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> refusedIn = ConcurrentHashMap.newKeySet();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final AtomicBoolean more = new AtomicBoolean();

    void refused(String namespace) {
        refused.incrementAndGet();
        refusedIn.add(namespace);
    }

    /** The namespaces in which something was refused. */
    public Set<String> refusedIn() {
        return Set.copyOf(refusedIn);
    }

    void conflict() {
        conflicts.incrementAndGet();
    }

    void failed(RuntimeException e) {
        failure.compareAndSet(null, e);
    }

    /** Some actions were left for the next plan. */
    void left() {
        more.set(true);
    }

    public boolean hasMore() {
        return more.get();
    }

    /** Why it has to be tried again later, or null. */
    public @Nullable RuntimeException failure() {
        return failure.get();
    }

    public boolean isBlocked() {
        return refused.get() > 0 || conflicts.get() > 0;
    }

    public LookResult result() {
        if (failure.get() != null) {
            return LookResult.FAILED;
        }
        return refused.get() > 0 ? LookResult.REFUSED : conflicts.get() > 0 ? LookResult.CONFLICT : LookResult.DONE;
    }

    /** The plan's conditions, with what the API server said to its actions. No tenant is named: the owner may not know him. */
    public List<VolumeCondition> conditions(List<VolumeCondition> planned) {
        List<VolumeCondition> all = new ArrayList<>();
        for (VolumeCondition condition : planned) {
            all.add(condition.type().equals(VolumeCondition.BOUND) && isBlocked() ? blocked() : condition);
        }
        all.add(VolumeCondition.ready(all));
        return all;
    }

    private VolumeCondition blocked() {
        if (refused.get() > 0) {
            return new VolumeCondition(
                    VolumeCondition.BOUND,
                    false,
                    "Refused",
                    "the API server refused objects of %d pairs, perhaps by a quota or a policy of the namespace: an Event on the claim in each such namespace says why"
                            .formatted(refused.get()));
        }
        return new VolumeCondition(
                VolumeCondition.BOUND,
                false,
                "FieldConflict",
                "fields of %d objects of this volume's pairs were changed by others and are left as they are: give them up (kubectl get --show-managed-fields says who holds them), or delete the object and it is made anew"
                        .formatted(conflicts.get()));
    }
}
