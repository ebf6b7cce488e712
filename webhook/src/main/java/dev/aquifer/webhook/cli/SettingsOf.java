package dev.aquifer.webhook.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Has picocli report values that cannot work, as it does with those that it cannot read. */
final class SettingsOf {
    private SettingsOf() {}

    /** @throws ParameterException naming the option whose value cannot work */
    static <T> T options(Supplier<T> settings, CommandSpec command) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
