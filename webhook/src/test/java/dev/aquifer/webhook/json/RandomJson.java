package dev.aquifer.webhook.json;

import java.util.Random;

/** Writes JSON documents of all shapes, with white space, escapes and characters from everywhere in Unicode. */
final class RandomJson {
    private static final String[] NAMES = {
        "a", "metadata", "", "k:{\\\"uid\\\":\\\"1\\\"}", "\\u0061", "é", "aquifer.dev/volumes"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "7", "-12", "1.5", "0.25e3", "1E-2", "2e+10", "123456789012345678901"
    };
    private static final String[] ESCAPES = {
        "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u00e9", "\\u001f"
    };
    /** In values only: Jackson does not take half of a pair in a name. */
    private static final String[] SURROGATES = {"\\ud83d\\ude00", "\\uD800"};

    private static final String[] SPACES = {"", "", "", "", " ", "\n  ", "\t", "\r\n"};
    private static final int[] CHARACTERS = {
        ' ', '~', 0x7f, 0x80, 'é', 0x7ff, 0x800, '€', 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1f600, 0x10ffff
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    String document() {
        text.setLength(0);
        value(0);
        return text.toString();
    }

    private void value(int depth) {
        space();
        switch (random.nextInt(depth > 5 ? 4 : 8)) {
            case 0 -> text.append(one("true", "false", "null"));
            case 1 -> text.append(one(NUMBERS));
            case 2 -> string(ESCAPES);
            case 3 -> string(SURROGATES);
            case 4, 5 -> items('[', ']', () -> value(depth + 1));
            default -> items('{', '}', () -> member(depth));
        }
        space();
    }

    private void items(char open, char close, Runnable item) {
        text.append(open);
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                text.append(',');
            }
            item.run();
        }
        if (count == 0) {
            space();
        }
        text.append(close);
    }

    private void member(int depth) {
        space();
        if (random.nextBoolean()) {
            text.append('"').append(one(NAMES)).append('"');
        } else {
            string(ESCAPES);
        }
        space();
        text.append(':');
        value(depth + 1);
    }

    private void string(String... escapes) {
        text.append('"');
        int parts = random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(one(escapes));
                case 1 -> text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
                default -> text.append("abcdefghijklmnopqrstuvwxyz", 0, random.nextInt(26));
            }
        }
        text.append('"');
    }

    private void space() {
        text.append(one(SPACES));
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
