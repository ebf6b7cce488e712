package dev.aquifer.node.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/** Runs a program until a signal ends it, from its log's first line to its last. */
final class LongRun {
    private static final Logger LOG = LoggerFactory.getLogger(LongRun.class);

    private LongRun() {}

    /** Returns only if the program cannot start: its end is the end of the process. */
    static int run(String name, Program program) {
        Thread.setDefaultUncaughtExceptionHandler(new LastResort(Runtime.getRuntime()::halt));
        try {
            program.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(program), "stop"));
            LOG.info("event=started command={} version={}", name, Version.read());
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (IOException | RuntimeException e) {
            LOG.error("event=failed-to-start command={}", name, e);
            return ExitCode.SOFTWARE;
        } catch (InterruptedException e) {
            return ExitCode.SOFTWARE;
        }
    }

    /** Being told to stop is no failure, though the process would end with 143 by itself. */
    private static void stop(Program program) {
        program.stop();
        LOG.info("event=stopped");
        Runtime.getRuntime().halt(ExitCode.OK);
    }
}
