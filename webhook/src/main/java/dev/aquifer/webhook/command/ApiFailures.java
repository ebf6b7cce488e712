package dev.aquifer.webhook.command;

import dev.aquifer.webhook.rest.ApiException;

/** Says what to do when the API server did not answer as hoped. */
final class ApiFailures {
    private ApiFailures() {}

    /** @param files whether the command can look in files in the cluster's place */
    static String sentence(ApiException failure, boolean files) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.code()) {
            case ApiException.NONE ->
                "expected an answer of the API server, found none (%s); see that KUBECONFIG and the context name a cluster that can be reached"
                        .formatted(message);
            case ApiException.TOO_LONG ->
                "expected an answer of the API server that is no longer than an object can be, found a longer one: %s"
                        .formatted(message);
            case 401 ->
                "expected to be let in by the API server, found 401 (%s); renew the credentials of the context"
                        .formatted(message);
            case 403 ->
                "expected the right to look, found a refusal (%s); ask an administrator%s"
                        .formatted(message, files ? ", or give the objects in a file: --with FILE" : "");
            default ->
                "expected an answer of the API server, found HTTP status %d: %s".formatted(failure.code(), message);
        };
    }
}
