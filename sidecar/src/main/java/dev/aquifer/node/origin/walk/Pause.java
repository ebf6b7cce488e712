package dev.aquifer.node.origin.walk;

import java.time.Duration;

/** Lets time go by; tests let the clock jump instead. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
