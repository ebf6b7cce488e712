package dev.aquifer.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.Attributes;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Totals;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.identity.PeerName;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.Timespec;
import dev.aquifer.node.mount.ShownRoot;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records whose {@code equals} is written out, each with what differs from it in one component, in their order. */
final class ComparedRecordsTest {
    private static final Timestamp NOW = new Timestamp(5, 6);
    private static final Timestamp LATER = new Timestamp(5, 7);
    private static final Attributes ATTRIBUTES = new Attributes(0640, 1, 2, NOW);
    private static final Version VERSION = new Version(NOW, 7);
    private static final Name NAME = name("a");

    static Stream<List<Record>> each() {
        return Stream.of(
                List.of(new Device(1, 2), new Device(9, 2), new Device(1, 9)),
                List.of(new Timespec(1, 2), new Timespec(9, 2), new Timespec(1, 9)),
                List.of(NOW, new Timestamp(9, 6), LATER),
                List.of(VERSION, new Version(LATER, 7), new Version(NOW, 9)),
                List.of(
                        ATTRIBUTES,
                        new Attributes(0600, 1, 2, NOW),
                        new Attributes(0640, 9, 2, NOW),
                        new Attributes(0640, 1, 9, NOW),
                        new Attributes(0640, 1, 2, LATER)),
                List.of(
                        new FileEntry(NAME, ATTRIBUTES, 3, VERSION, 4),
                        new FileEntry(name("b"), ATTRIBUTES, 3, VERSION, 4),
                        new FileEntry(NAME, new Attributes(0640, 1, 2, LATER), 3, VERSION, 4),
                        new FileEntry(NAME, ATTRIBUTES, 9, VERSION, 4),
                        new FileEntry(NAME, ATTRIBUTES, 3, new Version(NOW, 9), 4),
                        new FileEntry(NAME, ATTRIBUTES, 3, VERSION, 9)),
                List.of(
                        new Totals(1, 2, 3, 4),
                        new Totals(9, 2, 3, 4),
                        new Totals(1, 9, 3, 4),
                        new Totals(1, 2, 9, 4),
                        new Totals(1, 2, 3, 9)),
                List.of(DatasetPath.parse("a/b"), DatasetPath.parse("a/c")),
                List.of(new DatasetId("0".repeat(32)), new DatasetId("1".repeat(32))),
                List.of(new SnapshotId(Hash.sha256(new byte[1])), new SnapshotId(Hash.sha256(new byte[2]))),
                List.of(new PeerName("aquifer://node/a"), new PeerName("aquifer://node/b")),
                List.of(
                        new MountedRoot(1, 2, 3),
                        new MountedRoot(9, 2, 3),
                        new MountedRoot(1, 9, 3),
                        new MountedRoot(1, 2, 9)),
                List.of(
                        new ShownRoot(new Device(1, 2), 3),
                        new ShownRoot(new Device(1, 9), 3),
                        new ShownRoot(new Device(1, 2), 9)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void areEqualWhereAllComponentsAre(List<Record> records) throws ReflectiveOperationException {
        for (var each : records) {
            var copy = copy(each);
            assertThat(copy).isNotSameAs(each).isEqualTo(each).hasSameHashCodeAs(each);
        }
    }

    @ParameterizedTest
    @MethodSource("each")
    void differByEachComponent(List<Record> records) {
        var first = records.getFirst();
        assertThat(records)
                .hasSize(1 + first.getClass().getRecordComponents().length)
                .doesNotHaveDuplicates();
        assertThat(first).isNotEqualTo("another kind of thing");
    }

    private static Record copy(Record original) throws ReflectiveOperationException {
        var components = original.getClass().getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(original);
        }
        return (Record) original.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static Name name(String text) {
        return Name.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
