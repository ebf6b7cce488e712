package dev.aquifer.webhook.command.output;

/** A piece of text with its tone. What others wrote never moves the terminal's cursor, nor turns its direction. */
public record Cell(String text, Tone tone) {
    public Cell {
        text = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static Cell of(String text) {
        return new Cell(text, Tone.PLAIN);
    }

    int width() {
        return text.codePointCount(0, text.length());
    }
}
