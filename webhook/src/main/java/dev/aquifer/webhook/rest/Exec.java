package dev.aquifer.webhook.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands in containers that run, as {@code kubectl exec} starts them. */
public final class Exec {
    private static final int TIMEOUT_MILLIS = 10_000;
    /** Of what a command prints; what comes after it is dropped. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int MOST_COMPLAINT = 200;

    private final KubernetesClient client;

    public Exec(KubernetesClient client) {
        this.client = LimitedClient.of(client, TIMEOUT_MILLIS);
    }

    /**
     * What a command prints, at most 8 MiB of it.
     *
     * @throws ApiException when it may not be started, fails or does not end; with the first line of what it complains of
     */
    public String output(String namespace, String pod, String container, String... command) {
        ByteArrayOutputStream printed = new Bounded();
        ByteArrayOutputStream complaint = new Bounded();
        try (ExecWatch running = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(container)
                .writingOutput(printed)
                .writingError(complaint)
                .usingListener(new Silent())
                .exec(command)) {
            Integer code = running.exitCode().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            if (code == null) {
                throw new ApiException(ApiException.NONE, "no answer: the connection ended before the command did");
            }
            if (code != 0) {
                throw new ApiException(
                        ApiException.NONE, "%s ended with %d%s".formatted(command[0], code, reason(complaint)));
            }
            return printed.toString(UTF_8);
        } catch (KubernetesClientException e) {
            throw failure(e);
        } catch (ExecutionException e) {
            throw new ApiException(ApiException.NONE, "no answer: " + e.getCause());
        } catch (TimeoutException e) {
            throw new ApiException(
                    ApiException.NONE,
                    "no answer within %d s".formatted(TimeUnit.MILLISECONDS.toSeconds(TIMEOUT_MILLIS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiException.NONE, "interrupted");
        }
    }

    /** What the API server answered stands behind an exception that says nothing (Fabric8 7.8.0, Utils.waitUntilReady). */
    private static ApiException failure(KubernetesClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                int code = refused.getResponse().code();
                return new ApiException(code, "the API server starts no command there, HTTP status " + code);
            }
        }
        return new ApiException(ApiException.NONE, "no answer: " + (e.getCause() == null ? e : e.getCause()));
    }

    private static String reason(ByteArrayOutputStream complaint) {
        String first = complaint.toString(UTF_8).lines().findFirst().orElse("").strip();
        return first.isEmpty() ? "" : ": " + first.substring(0, Math.min(first.length(), MOST_COMPLAINT));
    }

    /** Drops what is too much. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int b) {
            if (size() < MOST_BYTES) {
                super.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, MOST_BYTES - size()));
        }
    }

    /** Without one, Fabric8 logs each failure with its stack. */
    private static final class Silent implements ExecListener {
        @Override
        public void onClose(int code, String reason) {}
    }
}
