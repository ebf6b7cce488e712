package dev.aquifer.webhook.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish reads to complete a command: a line for each subcommand and option (complete(1)). */
final class FishCompletion {
    private final String name;
    private final StringBuilder lines = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(String name, CommandSpec command) {
        FishCompletion completion = new FishCompletion(name);
        for (CommandLine sub : command.subcommands().values()) {
            completion.command(sub.getCommandSpec());
        }
        command.options().forEach(option -> completion.option(option, "__fish_use_subcommand"));
        return completion.lines.toString();
    }

    private void command(CommandSpec command) {
        line("__fish_use_subcommand").append(" --no-files");
        lines.append(" --arguments ").append(quoted(command.name()));
        describe(command.usageMessage().description());
        command.options().forEach(option -> option(option, "__fish_seen_subcommand_from " + command.name()));
    }

    private void option(OptionSpec option, String condition) {
        line(condition);
        for (String one : option.names()) {
            lines.append(one.startsWith("--") ? " --long-option " : " --short-option ")
                    .append(one.replaceFirst("^--?", ""));
        }
        if (option.arity().max() > 0) {
            lines.append(" --require-parameter");
        }
        describe(option.description());
    }

    private StringBuilder line(String condition) {
        return lines.append("complete --command ")
                .append(name)
                .append(" --condition ")
                .append(quoted(condition));
    }

    private void describe(String... description) {
        if (description.length > 0) {
            lines.append(" --description ").append(quoted(description[0].replaceAll("%n", " ")));
        }
        lines.append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
