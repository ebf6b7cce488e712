package dev.aquifer.webhook.testing;

/** What a command said before it ended. */
public record Completed(int exitCode, String out, String err) {

    /**
     * The command's output.
     *
     * @throws AssertionError if it did not succeed
     */
    public String succeeded() {
        if (exitCode != 0) {
            throw new AssertionError("expected exit code 0, found " + exitCode + ": " + err + out);
        }
        return out;
    }

    /**
     * The command's complaint.
     *
     * @throws AssertionError if it did not fail
     */
    public String failed() {
        if (exitCode == 0) {
            throw new AssertionError("expected a failure, found success: " + out);
        }
        return err;
    }
}
