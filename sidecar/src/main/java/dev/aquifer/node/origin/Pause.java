package dev.aquifer.node.origin;

import java.time.Duration;

/** Lets time go by; tests let the clock jump instead. */
@FunctionalInterface
interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
