package dev.aquifer.node;

import dev.aquifer.node.cli.AquiferNode;

/** Starts the program {@code aquifer-node}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(AquiferNode.commandLine().execute(args));
    }
}
