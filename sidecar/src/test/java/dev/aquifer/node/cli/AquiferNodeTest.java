package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class AquiferNodeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Nested
    final class Asked {
        @Test
        void forHelpNamesItsCommands() {
            assertThat(run("--help")).isZero();
            assertThat(out.toString()).contains("Usage: aquifer-node", "COMMAND", "pump  Pumps water.");
        }

        @Test
        void forHelpOfACommandNamesItsOptionsAndDefaults() {
            assertThat(run("pump", "--help")).isZero();
            assertThat(out.toString())
                    .contains("Where, 15 % off.", "--every=TIME", "Default: 10s.", "--log-level=LEVEL");
        }

        @Test
        void forItsVersionSaysTheOneOfTheBuild() {
            assertThat(run("--version")).isZero();
            assertThat(out.toString()).matches("aquifer-node [0-9]+\\.[0-9]+\\.[0-9]+\\s*");
        }
    }

    @Nested
    final class Refuses {
        @Test
        void toDoNothing() {
            assertThat(run()).isEqualTo(2);
            assertThat(err.toString()).contains("Expected a command, found none", "Try 'aquifer-node --help'.");
        }

        @Test
        void aMissingOptionByName() {
            assertThat(run("pump")).isEqualTo(2);
            assertThat(err.toString()).contains("aquifer-node: Missing required option: '--at=PATH'");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--at=relative | --at: expected an absolute path, found 'relative'",
                    "--every=soon | --every: expected a time such as 90s, 10m or 4h, found 'soon'",
                    "--port=70000 | --port: expected a number from 0 to 65535, found '70000'",
                    "--port=x | --port: expected a number from 0 to 65535, found 'x'",
                    "--room=much | --room: expected a size such as 500Mi, 200Gi or 2Ti, found 'much'",
                    "--room=9999999Ti | --room: expected a size of at most 8388607Ti, found '9999999Ti'",
                    "--log-level=loud | --log-level: expected one of [ERROR, WARN, INFO, DEBUG, TRACE], found 'loud'",
                })
        void aValueThatCannotWorkByName(String wrong, String message) {
            assertThat(run("pump", "--at=/dev/water", wrong)).isEqualTo(2);
            assertThat(err.toString()).contains("aquifer-node: " + message, "Try 'aquifer-node pump --help'.");
        }
    }

    @Test
    void runsTheProgramThatTheValuesMakeAndSaysThatItCannotStart() {
        assertThat(run("pump", "--at=/dev/water", "--tag=a", "--tag=b", "--once", "--room=8388607Ti"))
                .isEqualTo(1);
        assertThat(Pump.made).isEqualTo("/dev/water PT10S 8443 9223370937343148032 [a, b] true");
    }

    private int run(String... arguments) {
        CommandLine line = AquiferNode.commandLine(List.of(new Pump()));
        return line.setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** A command that reads one value of each kind and whose program never starts. */
    private static final class Pump implements ProgramCommand {
        private static String made = "";

        @Override
        public String name() {
            return "pump";
        }

        @Override
        public String description() {
            return "Pumps water.";
        }

        @Override
        public List<OptionSpec> options() {
            return List.of(
                    Options.required("--at", "PATH", "Where, 15 % off."),
                    Options.optional("--every", "TIME", "10s", "How often."),
                    Options.optional("--port", "PORT", "8443", "Which."),
                    Options.optional("--room", "SIZE", "20Mi", "How much."),
                    Options.repeated("--tag", "TAG", "What."),
                    Options.flag("--once", "Stop then."));
        }

        @Override
        public Program program(Values values) {
            Duration every = values.duration("--every");
            int port = values.number("--port", 0, 65535);
            long room = values.size("--room");
            made = "%s %s %d %d %s %s"
                    .formatted(values.path("--at"), every, port, room, values.texts("--tag"), values.flag("--once"));
            return new Program() {
                @Override
                public void start() {
                    throw new IllegalStateException("no water");
                }

                @Override
                public void stop() {}
            };
        }
    }
}
