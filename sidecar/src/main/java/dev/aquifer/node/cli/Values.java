package dev.aquifer.node.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The values of one command's options, given or by default. What cannot be read is an IllegalArgumentException whose
 * message begins with the option.
 */
final class Values {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,7})(?:([KMGT])i)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final CommandSpec command;

    Values(CommandSpec command) {
        this.command = command;
    }

    String text(String option) {
        return Objects.requireNonNull(command.findOption(option).getValue());
    }

    /** An absolute path. */
    Path path(String option) {
        String text = text(option);
        try {
            Path path = Path.of(text);
            Wrong.unless(path.isAbsolute(), option, "an absolute path", text);
            return path.normalize();
        } catch (InvalidPathException e) {
            throw Wrong.value(option, "an absolute path", text);
        }
    }

    int number(String option, int least, int most) {
        String text = text(option);
        String expected = "a number from %d to %d".formatted(least, most);
        try {
            int number = Integer.parseInt(text);
            Wrong.unless(number >= least && number <= most, option, expected, text);
            return number;
        } catch (NumberFormatException e) {
            throw Wrong.value(option, expected, text);
        }
    }

    /** Such as {@code 500ms}, {@code 90s}, {@code 10m} or {@code 4h}. */
    Duration duration(String option) {
        String text = text(option);
        Matcher matcher = DURATION.matcher(text);
        Wrong.unless(matcher.matches(), option, "a time such as 90s, 10m or 4h", text);
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** Bytes, such as {@code 4096}, {@code 500Mi}, {@code 200Gi} or {@code 2Ti}. */
    long size(String option) {
        String text = text(option);
        Matcher matcher = SIZE.matcher(text);
        Wrong.unless(matcher.matches(), option, "a size such as 500Mi, 200Gi or 2Ti", text);
        int unit =
                "KMGT".indexOf(matcher.group(2) == null ? ' ' : matcher.group(2).charAt(0)) + 1;
        long amount = Long.parseLong(matcher.group(1));
        long most = Long.MAX_VALUE >> (10 * unit);
        Wrong.unless(amount <= most, option, "a size of at most " + (Long.MAX_VALUE >> 40) + "Ti", text);
        return amount << (10 * unit);
    }

    /** An address that begins with {@code https://}. */
    URI httpsUri(String option) {
        String text = text(option);
        try {
            URI uri = new URI(text);
            Wrong.unless("https".equals(uri.getScheme()) && uri.getHost() != null, option, "an https URL", text);
            return uri;
        } catch (URISyntaxException e) {
            throw Wrong.value(option, "an https URL", text);
        }
    }

    /** One of an enum's names, in lower case on the command line. */
    <E extends Enum<E>> E choice(String option, Class<E> type) {
        String text = text(option);
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Wrong.value(option, "one of " + List.of(type.getEnumConstants()), text);
        }
    }

    boolean flag(String option) {
        return Boolean.TRUE.equals(command.findOption(option).getValue());
    }

    List<String> texts(String option) {
        List<String> values = command.findOption(option).getValue();
        return values == null ? List.of() : List.copyOf(values);
    }
}
