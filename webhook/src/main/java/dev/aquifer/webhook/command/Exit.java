package dev.aquifer.webhook.command;

/** What exit codes mean, the same for every command. */
final class Exit {
    /** The answer is yes, or there was nothing to say no to. */
    static final int YES = 0;
    /** There is no answer: a file or the cluster could not be read. */
    static final int FAILED = 1;
    /** The command line is not one that can be understood. */
    static final int USAGE = 2;
    /** The answer is no: a pod would be refused, an installation has errors, what was waited for did not come. */
    static final int NO = 3;

    /** For the help of every command, as picocli wants it. */
    static final String YES_TEXT = "0:yes, or nothing to say no to";

    static final String FAILED_TEXT = "1:no answer: a file or the cluster could not be read";
    static final String USAGE_TEXT = "2:the command line cannot be understood";

    private Exit() {}
}
