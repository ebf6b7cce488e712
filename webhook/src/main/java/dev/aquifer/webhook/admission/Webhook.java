package dev.aquifer.webhook.admission;

/** What the API server asks: one path of the server, and one webhook configuration, each. */
enum Webhook {
    /** What does this new pod get? */
    MUTATE("/mutate", "aquifer.admission", "CREATE of pods"),
    /** Does this pod use the binder's claims as it may? */
    VALIDATE("/validate", "aquifer.guard", "CREATE of pods and UPDATE of their subresource ephemeralcontainers");

    private static final String EPHEMERAL_CONTAINERS = "ephemeralcontainers";

    private final String path;
    private final String meters;
    private final String questions;

    Webhook(String path, String meters, String questions) {
        this.path = path;
        this.meters = meters;
        this.questions = questions;
    }

    String path() {
        return path;
    }

    /** What the names of its meters begin with. */
    String meters() {
        return meters;
    }

    /** What it answers, for people. */
    String questions() {
        return questions;
    }

    /** Whether it answers this operation on pods. */
    boolean answers(String operation, String subResource) {
        return switch (this) {
            case MUTATE -> created(operation, subResource);
            case VALIDATE ->
                created(operation, subResource)
                        || (operation.equals("UPDATE") && subResource.equals(EPHEMERAL_CONTAINERS));
        };
    }

    private static boolean created(String operation, String subResource) {
        return operation.equals("CREATE") && subResource.isEmpty();
    }
}
