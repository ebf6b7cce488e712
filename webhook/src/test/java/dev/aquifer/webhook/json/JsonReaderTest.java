package dev.aquifer.webhook.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    /** What another parser makes of the same bytes. */
    @Nested
    final class ComparedWithJackson {
        private static final int DOCUMENTS = 20_000;
        private final Random random = new Random(1);
        private final RandomJson json = new RandomJson(random);
        private final NameCache names = new NameCache();

        @Test
        void readsTheSameFromSoundDocuments() {
            for (int i = 0; i < DOCUMENTS; i++) {
                byte[] document = json.document().getBytes(UTF_8);
                assertThat(read(document))
                        .as(new String(document, UTF_8))
                        .isNotNull()
                        .isEqualTo(jackson(document));
                assertThat(skips(document)).as(new String(document, UTF_8)).isTrue();
            }
        }

        @Test
        void refusesTheSameBrokenDocuments() {
            int broken = 0;
            for (int i = 0; i < DOCUMENTS; i++) {
                byte[] document = mutated(json.document().getBytes(UTF_8));
                List<String> expected = jackson(document);
                assertThat(read(document)).as(Arrays.toString(document)).isEqualTo(expected);
                assertThat(skips(document)).as(Arrays.toString(document)).isEqualTo(expected != null);
                broken += expected == null ? 1 : 0;
            }
            assertThat(broken).isBetween(DOCUMENTS / 4, DOCUMENTS * 9 / 10);
        }

        private byte[] mutated(byte[] document) {
            int at = random.nextInt(document.length);
            byte other = random.nextBoolean()
                    ? (byte) random.nextInt(256)
                    : (byte) "{}[]\",:\\u0-+.eE \n1tn".charAt(random.nextInt(20));
            return switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(document, at);
                case 1 -> spliced(document, at, at + 1);
                case 2 -> spliced(document, at, at, other);
                default -> spliced(document, at, at + 1, other);
            };
        }

        private byte[] spliced(byte[] document, int from, int to, byte... with) {
            return ByteBuffer.allocate(document.length - (to - from) + with.length)
                    .put(document, 0, from)
                    .put(with)
                    .put(document, to, document.length - to)
                    .array();
        }

        /** The tokens of a document; null when it is refused. */
        private @Nullable List<String> read(byte[] document) {
            try {
                JsonReader reader = new JsonReader(document, document.length, names);
                List<String> tokens = new ArrayList<>();
                addValue(reader, tokens);
                return reader.atEnd() ? tokens : null;
            } catch (MalformedJsonException e) {
                return null;
            }
        }

        private boolean skips(byte[] document) {
            try {
                JsonReader reader = new JsonReader(document, document.length, names);
                reader.skip();
                return reader.atEnd();
            } catch (MalformedJsonException e) {
                return false;
            }
        }

        private void addValue(JsonReader reader, List<String> tokens) throws MalformedJsonException {
            switch (reader.kind()) {
                case OBJECT -> {
                    tokens.add("{");
                    reader.enter();
                    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
                        tokens.add(name);
                        addValue(reader, tokens);
                    }
                    tokens.add("}");
                }
                case ARRAY -> {
                    tokens.add("[");
                    reader.enter();
                    while (reader.nextItem()) {
                        addValue(reader, tokens);
                    }
                    tokens.add("]");
                }
                case STRING -> tokens.add(reader.string());
                case NUMBER -> tokens.add(reader.number());
                case BOOLEAN -> tokens.add(String.valueOf(reader.bool()));
                case NULL -> {
                    reader.skip();
                    tokens.add("null");
                }
            }
        }

        private @Nullable List<String> jackson(byte[] document) {
            try (JsonParser parser = JACKSON.createParser(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString())) {
                List<String> tokens = new ArrayList<>();
                boolean complete = false;
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (complete) {
                        return null; // for Jackson, another document may follow
                    }
                    tokens.add(parser.getText());
                    complete = parser.getParsingContext().inRoot();
                }
                return tokens.isEmpty() ? null : tokens;
            } catch (IOException e) {
                return null;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1,}      | at byte 7 expected '"', found '}'
            {"a" 1}       | at byte 5 expected ':', found '1'
            [1 2]         | at byte 3 expected ',', found '2'
            [,1]          | at byte 1 expected a value, found ','
            [01]          | at byte 2 expected ',', found '1'
            [1.]          | at byte 3 expected a digit, found ']'
            [nul]         | at byte 4 expected null, found ']'
            ["a           | at byte 3 expected the end of a string, found the end
            ["\\x"]       | at byte 3 expected the letter of an escape, found 'x'
            ["\\u12G4"]   | at byte 6 expected a hexadecimal digit, found 'G'
            """)
    void saysWhereWhatIsWrong(String document, String message) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> reader(document).skip())
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0af", "eda080", "f4908080", "f8", "80", "e282", "c3", "f09f98", "1f", "00"})
    void refusesStringsThatAreNoUtf8OrHoldControlCharacters(String hex) {
        byte[] text = java.util.HexFormat.of().parseHex("22" + hex + "22");
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> new JsonReader(text, text.length, new NameCache()).skip())
                .withMessageStartingWith("at byte 1 ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesMoreThanTwoHundredLevelsReadOrSkipped(boolean skipped) throws MalformedJsonException {
        descend(200, skipped);
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> descend(201, skipped))
                .withMessageContaining("at most 200 levels");
    }

    private static void descend(int levels, boolean skipped) throws MalformedJsonException {
        JsonReader reader = reader("[".repeat(levels) + "]".repeat(levels));
        if (skipped) {
            reader.skip();
            return;
        }
        for (int level = 0; level < levels; level++) {
            reader.enter();
            assertThat(reader.nextItem()).isEqualTo(level < levels - 1);
        }
    }

    @Test
    void readsTheBytesItIsGivenAndNoneBehind() throws MalformedJsonException {
        byte[] bytes = "[\"abc\",1]\"".getBytes(UTF_8);
        JsonReader reader = new JsonReader(bytes, 9, new NameCache());
        reader.skip();
        assertThat(reader.atEnd()).isTrue();
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> new JsonReader(bytes, 5, new NameCache()).skip())
                .withMessageContaining("found the end");
    }

    @Test
    void pointsToWhereItStands() throws MalformedJsonException {
        JsonReader reader = reader("{\"x\":0,\"a/b~\":[7,{\"c\":true}]}");
        reader.enter();
        reader.nextName();
        reader.skip();
        reader.nextName();
        reader.enter();
        reader.nextItem();
        reader.skip();
        reader.nextItem();
        reader.enter();
        assertThat(reader.nextName()).isEqualTo("c");
        assertThat(reader.pointer()).isEqualTo("/a~1b~0/1/c");
        assertThat(reader.outerPointer()).isEqualTo("/a~1b~0/1");
    }

    @Test
    void comesBackToAMark() throws MalformedJsonException {
        JsonReader reader = reader("{\"a\":{\"b\":[1]},\"z\":2}");
        reader.enter();
        reader.nextName();
        JsonReader.Mark mark = reader.mark();
        reader.enter();
        reader.nextName();
        reader.enter();
        reader.reset(mark);
        reader.skip();
        assertThat(reader.nextName()).isEqualTo("z");
        assertThat(reader.pointer()).isEqualTo("/z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xxxxxx", "\\u0041"})
    void refusesATextThatWouldFillTheMemory(String part) throws MalformedJsonException {
        int most = (4 << 20) / (part.startsWith("x") ? part.length() : 1);
        assertThat(reader("\"" + part.repeat(most) + "\"").string()).hasSizeGreaterThan(4_000_000);
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> reader("\"" + part.repeat(most + 1) + "\"").string())
                .withMessageContaining("at most 4194304 bytes of text");
    }

    @Test
    void tellsNamesOfOneSlotApart() {
        NameCache names = new NameCache();
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            many.add("name-" + i);
        }
        for (int round = 0; round < 2; round++) {
            assertThat(many).allSatisfy(name -> assertThat(get(names, name)).isEqualTo(name));
        }
        assertThat(get(names, "spec")).isSameAs(get(names, "spec"));
        assertThat(List.of(get(names, "n".repeat(100))))
                .first(InstanceOfAssertFactories.STRING)
                .hasSize(100);
    }

    private static String get(NameCache names, String name) {
        byte[] bytes = ("<" + name + ">").getBytes(UTF_8);
        return names.get(bytes, 1, bytes.length - 1);
    }

    private static JsonReader reader(String document) {
        byte[] bytes = document.getBytes(UTF_8);
        return new JsonReader(bytes, bytes.length, new NameCache());
    }
}
