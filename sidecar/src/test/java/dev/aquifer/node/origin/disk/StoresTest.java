package dev.aquifer.node.origin.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.linux.Device;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.OpenDescriptors;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an origin keeps on disk. */
final class StoresTest {
    @TempDir
    Path folder;

    private static Hash key(int number) {
        return Hash.sha256(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static byte[] value(int number) {
        return ByteBuffer.allocate(DiskTable.VALUE).putInt(number).array();
    }

    @Nested
    final class Tables {
        @Test
        void holdWhatWasPutThroughGrowthAndReopening() throws Exception {
            try (var table = new DiskTable(folder.resolve("table"))) {
                long before = table.length();
                for (int i = 0; i < 5_000; i++) {
                    table.put(key(i), value(i));
                }
                table.put(key(7), value(77));
                assertThat(table.length()).isGreaterThan(before);
            }
            try (var table = new DiskTable(folder.resolve("table"))) {
                for (int i = 0; i < 5_000; i++) {
                    assertThat(table.get(key(i))).isEqualTo(value(i == 7 ? 77 : i));
                }
                assertThat(table.get(key(5_001))).isNull();
            }
        }

        @Test
        @NeedsRoot
        void areAsBeforeAndLeaveNothingOpenWhenTheDiskHasNoRoomToGrow() throws Exception {
            try (var disk = new SmallDisk(folder, "128k");
                    var table = new DiskTable(disk.root().resolve("table"))) {
                int put = 0;
                for (; put < 2_000; put++) {
                    try {
                        table.put(key(put), value(put));
                    } catch (IOException full) {
                        break;
                    }
                }
                int more = put;
                long before = OpenDescriptors.below(disk.root());
                for (int i = 0; i < 3; i++) {
                    assertThatIOException().isThrownBy(() -> table.put(key(more), value(more)));
                }

                assertThat(OpenDescriptors.below(disk.root())).isEqualTo(before);
                assertThat(disk.root()).isDirectoryNotContaining("glob:**.next");
                for (int i = 0; i < put; i++) {
                    assertThat(table.get(key(i))).isEqualTo(value(i));
                }
            }
        }

        @Test
        void takeASlotThatWasHalfWrittenForEmpty() throws Exception {
            try (var table = new DiskTable(folder.resolve("table"))) {
                table.put(key(1), value(1));
            }
            try (var file = new RandomAccessFile(folder.resolve("table").toFile(), "rw")) {
                var bytes = new byte[(int) file.length()];
                file.readFully(bytes);
                int at = new String(bytes, ISO_8859_1).indexOf(new String(value(1), 0, 4, ISO_8859_1) + "\0\0\0\0");
                file.seek(at + 5L);
                file.write(9);
            }
            try (var table = new DiskTable(folder.resolve("table"))) {
                assertThat(table.get(key(1))).isNull();
                table.put(key(1), value(2));
                assertThat(table.get(key(1))).isEqualTo(value(2));
            }
        }
    }

    @Nested
    final class Records {
        private static byte[] record(int number) {
            return ByteBuffer.allocate(1_000).putInt(number).array();
        }

        @Test
        void ofTheNewestWalkStayAndThoseOfOldOnesGoInTheEnd() throws Exception {
            try (var store = new RecordPacks(folder.resolve("s"), 100_000)) {
                for (int walk = 0; walk < 20; walk++) {
                    store.beginWalk();
                    for (int i = 0; i < 50; i++) {
                        store.put(record(walk * 50 + i));
                    }
                    store.endWalk();
                    for (int i = 0; i < 50; i++) {
                        assertThat(store.get(Hash.sha256(record(walk * 50 + i))))
                                .isEqualTo(record(walk * 50 + i));
                    }
                }
                assertThat(store.get(Hash.sha256(record(0)))).isNull();
            }
            try (var files = Files.walk(folder.resolve("s"))) {
                assertThat(files.filter(Files::isRegularFile)
                                .mapToLong(file -> file.toFile().length())
                                .sum())
                        .isLessThan(1_500_000);
            }
        }

        @Test
        void areKeptOnce() throws Exception {
            try (var pack = new RecordPack(folder.resolve("p"))) {
                pack.put(Hash.sha256(record(1)), record(1));
                long length = pack.length();
                pack.put(Hash.sha256(record(1)), record(1));

                assertThat(pack.length()).isEqualTo(length);
            }
        }
    }

    @Nested
    final class Digests {
        private static final Device DEVICE = new Device(8, 1);
        private static final Version VERSION = new Version(new Timestamp(5, 6), 7);

        @Test
        void areThoseOfOneVersionAndSurviveARestart() throws Exception {
            try (var digests = new DigestStore(folder)) {
                digests.put(DEVICE, VERSION, 100, 0, key(1));
            }
            try (var digests = new DigestStore(folder)) {
                assertThat(digests.get(DEVICE, VERSION, 100, 0)).isEqualTo(key(1));
                assertThat(digests.get(DEVICE, new Version(new Timestamp(5, 7), 7), 100, 0))
                        .isNull();
                assertThat(digests.get(DEVICE, new Version(new Timestamp(5, 6), 8), 100, 0))
                        .isNull();
                assertThat(digests.get(DEVICE, VERSION, 101, 0)).isNull();
                assertThat(digests.get(new Device(8, 2), VERSION, 100, 0)).isNull();
            }
        }

        @Test
        @NeedsRoot
        void areMerelyForgottenWhereTheDiskIsFull() throws Exception {
            try (var disk = new SmallDisk(folder, "192k");
                    var digests = new DigestStore(disk.root())) {
                for (int i = 0; i < 5_000; i++) {
                    digests.put(DEVICE, VERSION, i, 0, key(i));
                }

                assertThat(digests.get(DEVICE, VERSION, 0, 0)).isEqualTo(key(0));
                assertThat(digests.get(DEVICE, VERSION, 4_999, 0)).isNull();
            }
        }

        @Test
        void stayWhenTheOldestCannotGoAndAreRememberedAgainALittleAfterTheyCan() throws Exception {
            var nanos = new AtomicLong();
            try (var digests = new DigestStore(folder, 1 << 18, nanos::get)) {
                digests.put(DEVICE, VERSION, 0, 0, key(0));
                Files.delete(folder.resolve("digests-old"));
                Files.createDirectories(folder.resolve("digests-old/in-the-way"));
                for (int i = 1; i < 8_000; i++) {
                    digests.put(DEVICE, VERSION, i, 0, key(i));
                }
                assertThat(digests.get(DEVICE, VERSION, 0, 0)).isEqualTo(key(0));

                Files.delete(folder.resolve("digests-old/in-the-way"));
                Files.delete(folder.resolve("digests-old"));
                digests.put(DEVICE, VERSION, 8_000, 0, key(8_000));
                assertThat(digests.get(DEVICE, VERSION, 8_000, 0)).isNull();
                nanos.addAndGet(TimeUnit.MINUTES.toNanos(2));
                digests.put(DEVICE, VERSION, 8_000, 0, key(8_000));
                assertThat(digests.get(DEVICE, VERSION, 8_000, 0)).isEqualTo(key(8_000));
                assertThat(digests.get(DEVICE, VERSION, 0, 0)).isEqualTo(key(0));
            }
        }

        @Test
        void thatAreAskedForStayWhenTheOldestGo() throws Exception {
            try (var digests = new DigestStore(folder, 1 << 18, System::nanoTime)) {
                digests.put(DEVICE, VERSION, 1, 0, key(0));
                for (int i = 2; i < 20_000; i++) {
                    digests.put(DEVICE, VERSION, i, 0, key(i));
                    if (i % 100 == 0) {
                        assertThat(digests.get(DEVICE, VERSION, 1, 0)).isEqualTo(key(0));
                    }
                }
                assertThat(digests.get(DEVICE, VERSION, 2, 0)).isNull();
            }
        }
    }
}
