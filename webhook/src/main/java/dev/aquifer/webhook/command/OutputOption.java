package dev.aquifer.webhook.command;

import dev.aquifer.webhook.command.output.Answers;
import dev.aquifer.webhook.command.output.Format;
import dev.aquifer.webhook.command.output.Screen;
import dev.aquifer.webhook.command.waiting.ProgressLine;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How the answer is written. */
final class OutputOption {
    private static final boolean TERMINAL = Boolean.getBoolean("aquifer.terminal");
    private static final boolean PROGRESS = Boolean.getBoolean("aquifer.progress");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "table or wide for people, json or yaml for programs (default: table).")
    private Format format = Format.TABLE;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec command;

    /** Reads a format; its names are written small, as in the help. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String name) {
            for (Format format : Format.values()) {
                if (format.name().equalsIgnoreCase(name)) {
                    return format;
                }
            }
            throw new TypeConversionException("expected one of table, wide, json, yaml, found '%s'".formatted(name));
        }
    }

    /** An answer as people read it. */
    @FunctionalInterface
    interface Page {
        void print(Screen screen, boolean wide);
    }

    /** Shows how far something is; programs get the answer alone. */
    ProgressLine progress() {
        return new ProgressLine(format.forPeople() ? err() : new PrintWriter(Writer.nullWriter()), PROGRESS);
    }

    /** Says something beside the answer, to people. */
    void note(String sentence) {
        if (format.forPeople()) {
            err().println(sentence);
        }
    }

    /** Writes the answer: a page of it for people, all of it for programs. */
    void print(Object answer, Page page) {
        PrintWriter out = command.commandLine().getOut();
        if (format.forPeople()) {
            page.print(screen(out), format == Format.WIDE);
        } else {
            out.print(Answers.text(answer, format));
        }
        out.flush();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Colours are for terminals that have them, unless NO_COLOR is set to anything (no-color.org). */
    private static Screen screen(PrintWriter out) {
        boolean refused = !orEmpty("NO_COLOR").isEmpty() || orEmpty("TERM").equals("dumb");
        return new Screen(out, TERMINAL && !refused);
    }

    private static String orEmpty(String variable) {
        String value = System.getenv(variable);
        return value == null ? "" : value;
    }
}
