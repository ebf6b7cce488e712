package dev.aquifer.webhook;

import dev.aquifer.webhook.cli.Aquifer;

/** Starts the program {@code aquifer}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Aquifer.commandLine(System.getenv()).execute(args));
    }
}
