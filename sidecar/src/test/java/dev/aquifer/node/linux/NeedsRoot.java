package dev.aquifer.node.linux;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** The tests give files away, protect them, or mount; without root they are skipped. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@EnabledIf(
        value = "dev.aquifer.node.linux.Calls#isRoot",
        disabledReason = "giving files away, protecting them and mounting needs root")
public @interface NeedsRoot {}
