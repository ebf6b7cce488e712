package dev.aquifer.node.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Declares options; their values stay text until {@link Values} is asked for them. */
final class Options {
    private Options() {}

    static OptionSpec required(String name, String label, String description) {
        return text(name, label)
                .required(true)
                .description(plain(description) + " Required.")
                .build();
    }

    static OptionSpec optional(String name, String label, String byDefault, String description) {
        return text(name, label)
                .defaultValue(byDefault)
                .description(plain(description) + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /** Can be given any number of times. */
    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(plain(description))
                .build();
    }

    /** Off unless it is given. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(plain(description))
                .build();
    }

    /** A description is a format. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }

    private static OptionSpec.Builder text(String name, String label) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).arity("1");
    }
}
