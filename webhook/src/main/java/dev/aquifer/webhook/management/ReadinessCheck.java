package dev.aquifer.webhook.management;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One condition of being ready.
 *
 * @param problem what is missing, as a sentence; null when nothing is
 */
public record ReadinessCheck(String name, Supplier<@Nullable String> problem) {}
