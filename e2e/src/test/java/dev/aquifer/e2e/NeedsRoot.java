package dev.aquifer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** The tests need root to make nodes; without it they are skipped with a line that says so. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@EnabledIf(
        value = "dev.aquifer.e2e.Privilege#isRoot",
        disabledReason = "a cluster with nodes needs root; run as root to test it")
public @interface NeedsRoot {}
