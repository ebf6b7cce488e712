package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetListTest {
    private static final DatasetId GOOD = new DatasetId("1".repeat(32));
    private static final DatasetId ODD = new DatasetId("2".repeat(32));

    @TempDir
    private Path folder;

    @Test
    void anEntryThatCannotBeReadIsOfALiveDatasetAllTheSame() throws IOException {
        DatasetList list = read("{'id': '%s', 'sharedVolume': 'lab/odd', 'refreshSeconds': 'often'}".formatted(ODD));

        assertThat(list.entries()).containsOnlyKeys(GOOD, ODD);
        assertThat(list.isWhole()).isTrue();
        assertThat(entry(list, ODD).prefetch().wanted()).isFalse();
    }

    @Test
    void aMountPointThatNoDirectoryCanHaveIsLeftOutAndNothingElse() throws IOException {
        DatasetList list = read("{'id': '%s', 'origin': 'there', 'mountPoints': ['a', '%s', 'b/%s', 'c', '../d']}"
                .formatted(ODD, "n".repeat(256), "ö".repeat(128)));

        assertThat(list.isWhole()).isTrue();
        assertThat(entry(list, ODD).origin()).isEqualTo("there");
        assertThat(entry(list, ODD).mountPoints()).containsExactly(DatasetPath.parse("a"), DatasetPath.parse("c"));
    }

    @Test
    void isNotWholeWhereNobodyCanTellWhoseAnEntryIs() throws IOException {
        for (String id : new String[] {"{}", "{'id': 'x'}", "{'id': null}"}) {
            DatasetList list = read(id);

            assertThat(list.entries()).as(id).containsOnlyKeys(GOOD);
            assertThat(list.isWhole()).as(id).isFalse();
        }
    }

    private static DatasetEntry entry(DatasetList list, DatasetId id) {
        return Objects.requireNonNull(list.entries().get(id));
    }

    private DatasetList read(String other) throws IOException {
        String text = "{'files': 1, 'datasets': [{'id': '%s', 'sharedVolume': 'lab/good'}, %s]}".formatted(GOOD, other);
        Files.writeString(folder.resolve("datasets-0.json"), text.replace('\'', '"'));
        return DatasetList.read(folder);
    }
}
