package dev.aquifer.webhook.command;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The page of the guide about the command line, made of the commands themselves. */
final class CommandReference {
    private static final int WIDTH = 120;

    private CommandReference() {}

    static String page() {
        StringBuilder page = new StringBuilder("""
                # The command `aquifer`

                It says what Aquifer does in a cluster, and why, and changes nothing but by `prefetch` and `release`.
                `webhook/src/main/launcher/install` builds it and puts it under `~/.local`, or under the folder that is named:

                <!-- not run: InstallerIT installs the command so, under both names, and runs it on a real API server -->
                ```sh
                webhook/src/main/launcher/install
                aquifer explain -f pod.yaml -n NAMESPACE
                kubectl aquifer explain pod/NAME -n NAMESPACE
                ```

                The program in the image `aquifer` has the same name and is another one: it runs in the cluster, and has
                [options](options-aquifer.md) of its own.

                Exit codes are the same everywhere: 0 is yes, 1 no answer, 2 a command line that cannot be understood, 3 no. A check in
                a pipeline needs no cluster: `aquifer explain -f deployment.yaml --with volumes.yaml` fails with 3 where a pod would be
                refused. `-o json` and `-o yaml` are for programs: members are added, and never change their meaning.

                What follows is what `--help` prints.
                """);
        CommandLine whole = UserCommandLine.of("aquifer");
        append(page, whole);
        whole.getSubcommands().values().forEach(command -> append(page, command));
        return page.toString();
    }

    private static void append(StringBuilder page, CommandLine command) {
        page.append("\n## ")
                .append(command.getCommandSpec().qualifiedName())
                .append("\n\n```text\n")
                .append(command.setUsageHelpWidth(WIDTH).getUsageMessage(Ansi.OFF))
                .append("```\n");
    }
}
