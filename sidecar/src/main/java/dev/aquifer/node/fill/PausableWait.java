package dev.aquifer.node.fill;

import java.util.function.BooleanSupplier;

/** Waiting that ends when the fill is paused. */
public final class PausableWait {
    private static final long LOOK_MILLIS = 100;

    private PausableWait() {}

    /**
     * Waits until it holds, and looks a few times a second.
     *
     * @param meanwhile before each pause between two looks
     * @throws PausedException when paused, or when the thread is interrupted, which it then still is
     */
    public static void until(BooleanSupplier holds, Runnable meanwhile, BooleanSupplier paused) throws PausedException {
        try {
            while (!holds.getAsBoolean()) {
                meanwhile.run();
                if (paused.getAsBoolean()) {
                    throw new PausedException();
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PausedException();
        }
    }
}
