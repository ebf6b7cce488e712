package dev.aquifer.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one installation of the run; it is started for the first that asks and closed after the last test. */
public final class OnInstallation implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OnInstallation.class))
                .getOrComputeIfAbsent(Installation.class, type -> start(), Installation.class);
    }

    private static Installation start() {
        try {
            return Installation.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
