package dev.aquifer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Most of these tests' time is waiting for a cluster: {@code mvn verify} leaves them to {@code mvn verify -Plong}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("long")
public @interface LongRunning {}
