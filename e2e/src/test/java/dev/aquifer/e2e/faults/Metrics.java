package dev.aquifer.e2e.faults;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a program counts, as it shows it on its port. */
record Metrics(int port) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** The value of a metric without labels. */
    double value(String name) throws IOException {
        return scrape(port)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected the metric %s, found none".formatted(name)));
    }

    /** The port may be opened a moment later than the program's sockets. */
    private static String scrape(int port) throws IOException {
        try {
            Moments.until(() -> isOpen(port));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:%d/metrics".formatted(port)))
                    .build();
            return CLIENT.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
