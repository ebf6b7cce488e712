package dev.aquifer.webhook.paths;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of the directories, as the Job's container says it in its termination message.
 *
 * @param made how many were missing and are there now
 * @param failed how many are not there
 * @param failures those that are not there, each with the reason; fewer than {@code failed} when they were too many
 */
public record DirectoryReport(int made, int failed, List<Failure> failures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The most that kubelet keeps of a termination message, in bytes (kubelet MaxContainerTerminationMessageLength). */
    private static final int MAX_BYTES = 4096;

    /** A directory that is not there, and why. */
    public record Failure(String path, String reason) {}

    public DirectoryReport {
        failures = List.copyOf(failures);
    }

    /** Whether the volume's root is not there, and so nothing of it. */
    boolean lacksTheRoot() {
        return failures.stream().anyMatch(failure -> VolumeRoot.is(failure.path()));
    }

    DirectoryReport(int made, List<Failure> failures) {
        this(made, failures.size(), failures);
    }

    /** JSON that kubelet keeps whole; the last failures are left out when there are too many. */
    public byte[] toJson() {
        List<Failure> kept = new ArrayList<>(failures);
        byte[] json = write(new DirectoryReport(made, failed, kept));
        while (json.length > MAX_BYTES) {
            kept.removeLast();
            json = write(new DirectoryReport(made, failed, kept));
        }
        return json;
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is not a report
     */
    public static DirectoryReport parse(String json) {
        try {
            return JSON.readValue(json, DirectoryReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a report on directories, found '%s'".formatted(json), e);
        }
    }

    private static byte[] write(DirectoryReport report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
