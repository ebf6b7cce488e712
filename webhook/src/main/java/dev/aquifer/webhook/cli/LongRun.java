package dev.aquifer.webhook.cli;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Runs a program until a signal ends it, from its log's first line to its last. */
final class LongRun {
    private static final Logger LOG = LoggerFactory.getLogger(LongRun.class);

    private LongRun() {}

    /** Returns only if the program cannot start: its end is the end of the JVM. */
    static int run(Program program, String host) throws InterruptedException {
        try {
            program.start();
        } catch (RuntimeException e) {
            LOG.error("failed to start", e);
            Logging.stop();
            return ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program), "stop"));
        LOG.info("started host={} managementPort={}", host, program.managementPort());
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** Being told to stop is no failure, though the JVM would end with 143 by itself. */
    private static void stop(Program program) {
        program.stop();
        Logging.stop();
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
