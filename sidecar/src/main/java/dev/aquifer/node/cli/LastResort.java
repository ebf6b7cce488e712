package dev.aquifer.node.cli;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * What becomes of a failure that nobody caught: it is logged. After an error of the machine itself, such as memory that has run
 * out, nobody knows what is still right: the process ends, and starts anew from what is on the disk.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

    private final IntConsumer halt;

    /** @param halt ends the process at once, with an exit code */
    LastResort(IntConsumer halt) {
        this.halt = halt;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        try {
            LOG.error("event=uncaught thread={}", thread.getName(), failure);
        } finally {
            if (failure instanceof VirtualMachineError) {
                halt.accept(ExitCode.SOFTWARE);
            }
        }
    }
}
