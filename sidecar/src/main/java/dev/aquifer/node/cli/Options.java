package dev.aquifer.node.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Declares options; their values stay text until {@link Values} is asked for them. */
final class Options {
    private Options() {}

    static OptionSpec required(String name, String label, String description) {
        return text(name, label)
                .required(true)
                .description(description + " Required.")
                .build();
    }

    static OptionSpec optional(String name, String label, String byDefault, String description) {
        return text(name, label)
                .defaultValue(byDefault)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /** Can be given any number of times. */
    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** Off unless it is given. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    private static OptionSpec.Builder text(String name, String label) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).arity("1");
    }
}
