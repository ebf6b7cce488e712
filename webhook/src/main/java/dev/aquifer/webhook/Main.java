package dev.aquifer.webhook;

import dev.aquifer.webhook.cli.ServerCommandLine;

/** Starts the program {@code aquifer} of the image. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(ServerCommandLine.of(System.getenv()).execute(args));
    }
}
