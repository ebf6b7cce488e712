package dev.aquifer.webhook.admission;

import java.time.Duration;

/**
 * Where and how the admission server listens.
 *
 * @param port 0 takes any free one
 * @param eventLoops how many threads answer
 * @param drain how long it goes on answering after it was told to stop
 */
public record ServerSettings(String host, int port, int eventLoops, Duration drain) {
    public ServerSettings {
        if (eventLoops < 1) {
            throw new IllegalArgumentException("Expected at least one event loop, found " + eventLoops);
        }
    }
}
