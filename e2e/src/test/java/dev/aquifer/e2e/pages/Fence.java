package dev.aquifer.e2e.pages;

import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a Markdown file.
 *
 * @param line where it begins, from 1
 * @param note the comment right before it, such as {@code file: pod.yaml}
 * @param language the word after its opening fence, or nothing
 */
public record Fence(int line, @Nullable String note, String language, String text) {}
