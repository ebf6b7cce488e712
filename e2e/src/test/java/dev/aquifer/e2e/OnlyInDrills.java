package dev.aquifer.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The tests are too slow for every build: they take minutes, and programs from package registries. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@EnabledIfSystemProperty(
        named = "aquifer.drills",
        matches = "full",
        disabledReason = "takes minutes, and programs from package registries; mvn verify -Pdrills runs it")
public @interface OnlyInDrills {}
