package dev.aquifer.node.testing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hostile inputs made from good ones: bits flipped, lengths made huge, parts cut, doubled and mixed. The same seed makes the
 * same inputs; {@code -Dfuzz.inputs=N} says how many, and the profile drills a million.
 */
public final class Mutations {
    private static final int IN_A_NORMAL_RUN = 20_000;
    private static final byte[][] EDGES = {
        {0},
        {-1},
        {127},
        {'.', '.'},
        {'/'},
        {-1, -1, -1, -1},
        {127, -1, -1, -1, -1, -1, -1, -1},
        {0, 0, 0, 0, 0, 0, 0, 0}
    };

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    private Mutations(long seed, List<byte[]> seeds) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.seeds = seeds;
    }

    /** The seeds themselves, then changed ones. */
    public static Stream<byte[]> of(long seed, List<byte[]> seeds) {
        var mutations = new Mutations(seed, seeds);
        return Stream.concat(seeds.stream(), IntStream.range(0, wanted()).mapToObj(i -> mutations.next()));
    }

    /** The same for one of several parsers that share what one would get. */
    public static Stream<byte[]> share(int parsers, long seed, List<byte[]> seeds) {
        return of(seed, seeds).limit(seeds.size() + wanted() / parsers);
    }

    private static int wanted() {
        return Integer.getInteger("fuzz.inputs", IN_A_NORMAL_RUN);
    }

    private byte[] next() {
        var input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            input = mutated(input);
        }
        return input;
    }

    private byte[] mutated(byte[] input) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(input.length);
        return switch (random.nextInt(5)) {
            case 0 -> flipped(input, at);
            case 1 -> overwritten(input, at, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> Arrays.copyOf(input, at);
            case 3 -> joined(input, at, random.nextInt(input.length));
            default -> {
                var other = seeds.get(random.nextInt(seeds.size()));
                yield mixed(input, at, other);
            }
        };
    }

    private byte[] flipped(byte[] input, int at) {
        input[at] = (byte) (input[at] ^ (1 << random.nextInt(8)));
        return input;
    }

    private static byte[] overwritten(byte[] input, int at, byte[] edge) {
        System.arraycopy(edge, 0, input, at, Math.min(edge.length, input.length - at));
        return input;
    }

    /** The start up to one place, then all from another one: a part left out or doubled. */
    private static byte[] joined(byte[] input, int end, int start) {
        var joined = Arrays.copyOf(input, end + input.length - start);
        System.arraycopy(input, start, joined, end, input.length - start);
        return joined;
    }

    private static byte[] mixed(byte[] input, int at, byte[] other) {
        var mixed = Arrays.copyOf(input, Math.max(at, other.length));
        if (other.length > at) {
            System.arraycopy(other, at, mixed, at, other.length - at);
        }
        return mixed;
    }
}
