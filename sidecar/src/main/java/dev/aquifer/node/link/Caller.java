package dev.aquifer.node.link;

import java.util.ArrayList;
import java.util.List;

/** Who asks: the other end of a connection, for as long as it stays open. */
public final class Caller {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean gone;

    /** Runs the action once the caller has closed the connection, at once if it has already. */
    public void whenGone(Runnable action) {
        synchronized (actions) {
            if (!gone) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void leave() {
        List<Runnable> now;
        synchronized (actions) {
            gone = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }
}
