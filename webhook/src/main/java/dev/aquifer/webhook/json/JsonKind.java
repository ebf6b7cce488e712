package dev.aquifer.webhook.json;

/** What a JSON value is, by its first byte; the text is how a sentence names it. */
public enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    NULL("null");

    private final String text;

    JsonKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
