package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
    private static final DatasetId ONE = new DatasetId("1".repeat(32));
    private static final DatasetId OTHER = new DatasetId("2".repeat(32));

    private final List<String> said = new ArrayList<>();
    private final Attempts attempts = new Attempts((task, dataset, reason) ->
            said.add((dataset == null ? task : task + " " + dataset) + ": " + reason.getMessage()));

    @Test
    void saysOnceWhyATaskFails() {
        fail("list", "not JSON");
        fail("list", "not JSON");
        assertThat(said).containsExactly("list: not JSON");
    }

    @Test
    void saysOfEachOfSeveralTasksOnceWhyItFails() {
        for (int i = 0; i < 3; i++) {
            fail("list", "not JSON");
            fail("disk-space", "not mounted");
        }
        assertThat(said).containsExactly("list: not JSON", "disk-space: not mounted");
    }

    @Test
    void saysTheSameOfTwoDatasets() {
        fail("clean", ONE, "no space");
        fail("clean", OTHER, "no space");
        assertThat(said).containsExactly("clean " + ONE + ": no space", "clean " + OTHER + ": no space");
    }

    @Test
    void saysItAgainOfADatasetThatWasGone() {
        fail("clean", ONE, "no space");
        fail("clean", OTHER, "no space");
        attempts.forget(ONE);
        fail("clean", ONE, "no space");
        fail("clean", OTHER, "no space");
        assertThat(said).hasSize(3).last().isEqualTo("clean " + ONE + ": no space");
    }

    @Test
    void saysWhatElseIsWrongWithATask() {
        fail("list", "not JSON");
        fail("list", "no folder");
        fail("list", "not JSON");
        assertThat(said).containsExactly("list: not JSON", "list: no folder", "list: not JSON");
    }

    @Test
    void saysItAgainOnceTheTaskHadSucceeded() {
        fail("list", "not JSON");
        attempts.run("list", () -> {});
        fail("list", "not JSON");
        assertThat(said).containsExactly("list: not JSON", "list: not JSON");
    }

    @Test
    void goesOnAfterAFailureWithoutAMessage() {
        attempts.run("list", () -> {
            throw new IllegalStateException();
        });
        assertThat(said).containsExactly("list: null");
    }

    private void fail(String task, DatasetId dataset, String reason) {
        attempts.run(task, dataset, () -> {
            throw new IOException(reason);
        });
    }

    private void fail(String task, String reason) {
        attempts.run(task, () -> {
            throw new IOException(reason);
        });
    }
}
