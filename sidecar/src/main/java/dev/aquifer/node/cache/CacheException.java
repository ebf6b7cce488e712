package dev.aquifer.node.cache;

import java.io.IOException;

/** The cache folder is not what it should be; the message says what to do. */
public final class CacheException extends IOException {
    private static final long serialVersionUID = 1L;

    CacheException(String message) {
        super(message);
    }
}
