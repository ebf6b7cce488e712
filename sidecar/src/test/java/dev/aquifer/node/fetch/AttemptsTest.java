package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
    private final List<String> said = new ArrayList<>();
    private final Attempts attempts = new Attempts((task, reason) -> said.add(task + ": " + reason));

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
    void saysTheSameOfTwoTasks() {
        fail("clean-1", "no space");
        fail("clean-2", "no space");
        assertThat(said).containsExactly("clean-1: no space", "clean-2: no space");
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

    private void fail(String task, String reason) {
        attempts.run(task, () -> {
            throw new IOException(reason);
        });
    }
}
