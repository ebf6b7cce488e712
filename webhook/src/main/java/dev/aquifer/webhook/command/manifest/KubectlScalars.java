package dev.aquifer.webhook.command.manifest;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** What plain scalars mean to kubectl, which reads YAML 1.1: {@code yes} is true, and {@code 0644} is octal. */
final class KubectlScalars extends CoreScalarResolver {
    static final Pattern TRUE = Pattern.compile("y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern BOOLEAN =
            Pattern.compile(TRUE.pattern() + "|n|N|no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(?:0|[1-9][0-9_]*|0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+)");

    KubectlScalars() {
        super(true);
    }

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.NULL, EMPTY, null);
        addImplicitResolver(Tag.BOOL, BOOLEAN, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
        addImplicitResolver(Tag.NULL, NULL, "n~N");
        addImplicitResolver(Tag.MERGE, MERGE, "<");
    }
}
