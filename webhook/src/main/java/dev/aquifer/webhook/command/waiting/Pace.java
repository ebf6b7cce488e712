package dev.aquifer.webhook.command.waiting;

import java.time.Duration;

/** The time that passes while somebody waits. */
public interface Pace {
    /** That of the machine. */
    Pace REAL = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration pause) throws InterruptedException {
            Thread.sleep(pause);
        }
    };

    long nanoTime();

    void pause(Duration pause) throws InterruptedException;
}
