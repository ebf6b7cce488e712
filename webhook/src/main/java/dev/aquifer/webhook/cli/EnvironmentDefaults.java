package dev.aquifer.webhook.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes the value of an option that is not given from the environment: {@code --ca-secret} from
 * {@code AQUIFER_CA_SECRET}. An empty variable counts as not set.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && gives(option) ? environment.get(variable(option)) : null;
    }

    boolean gives(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && !environment.getOrDefault(variable(option), "").isEmpty();
    }

    static String variable(OptionSpec option) {
        return EnvironmentVariable.of(option.longestName());
    }
}
