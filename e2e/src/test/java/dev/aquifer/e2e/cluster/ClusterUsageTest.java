package dev.aquifer.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aquifer.e2e.Command;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the script that runs clusters says to whoever mistypes. */
class ClusterUsageTest {

    @ParameterizedTest
    @CsvSource({
        "staus, Expected a command of those above; found 'staus'",
        "'', Expected a command of those above; found none",
        "--nodes status, Expected an option of those above; found '--nodes'"
    })
    void theWordThatIsNotKnownIsNamed(String words, String expected) {
        List<String> command = Stream.concat(
                        Stream.of("./cluster"), Stream.of(words.split(" ", -1)).filter(word -> !word.isEmpty()))
                .toList();

        assertThatIllegalStateException()
                .isThrownBy(() -> new Command(command, Duration.ofSeconds(30)).run())
                .withMessageContaining("Usage: e2e/cluster")
                .withMessageContaining(expected.replace(';', ','));
    }
}
